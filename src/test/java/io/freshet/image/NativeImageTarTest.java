package io.freshet.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Looks into the image; any program of this machine stands in for the binary, which takes minutes to build. */
class NativeImageTarTest {

    private static final Path PROGRAM = Path.of("/bin/sleep");

    @TempDir
    Path folder;

    private Map<String, byte[]> tar(InputStream in) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                files.put(entry.getName(), tar.readAllBytes());
            }
        }
        return files;
    }

    @Test
    void holdsTheProgramAndItsLibrariesAndRunsAsNobodySpecial() throws Exception {
        assumeTrue(Files.isExecutable(PROGRAM) && Files.exists(Path.of("/usr/bin/ldd")), "needs a Linux with ldd");
        Path image = folder.resolve("image.tar");
        NativeImageTar.build(PROGRAM, image, "1.2.3");
        Map<String, byte[]> files = tar(Files.newInputStream(image));
        JsonNode manifest = new ObjectMapper().readTree(files.get("manifest.json")).get(0);
        assertThat(manifest.path("RepoTags").get(0).asText()).isEqualTo("freshet:1.2.3");
        JsonNode config = new ObjectMapper().readTree(files.get(manifest.path("Config").asText())).path("config");
        assertThat(config.path("User").asText()).isEqualTo("1001:1001");
        assertThat(config.path("Entrypoint")).hasSize(1);
        assertThat(config.path("Entrypoint").get(0).asText()).isEqualTo("/app/freshet");
        assertThat(config.path("ExposedPorts").has("8765/tcp")).isTrue();
        assertThat(config.path("Labels").path("org.opencontainers.image.version").asText()).isEqualTo("1.2.3");
        List<String> contents = new ArrayList<>();
        for (JsonNode layer : manifest.path("Layers")) {
            byte[] bytes = files.get(layer.asText());
            contents.addAll(tar(new GZIPInputStream(new ByteArrayInputStream(bytes))).keySet());
        }
        assertThat(manifest.path("Layers")).hasSize(2);
        assertThat(contents).anyMatch(name -> name.endsWith("app/freshet")).anyMatch(name -> name.contains("libc.so"))
                .noneMatch(name -> name.endsWith("/sh") || name.endsWith("/bash"));
    }

    @Test
    void isTheSameBytesTwice() throws Exception {
        assumeTrue(Files.isExecutable(PROGRAM) && Files.exists(Path.of("/usr/bin/ldd")), "needs a Linux with ldd");
        NativeImageTar.build(PROGRAM, folder.resolve("a.tar"), "1");
        NativeImageTar.build(PROGRAM, folder.resolve("b.tar"), "1");
        assertThat(folder.resolve("a.tar")).hasSameBinaryContentAs(folder.resolve("b.tar"));
    }
}
