package io.freshet.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.Ports;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;

/**
 * An image of the native binary, made without a Docker engine and without a base image: the binary, the libraries it is linked
 * with, of the machine it was built on, and nothing else. {@code docker load} reads it. The same binary makes the same bytes.
 */
public final class NativeImageTar {

    private static final Pattern LIBRARY = Pattern.compile("(/\\S+\\.so\\S*)");
    private static final Instant THEN = Instant.EPOCH.plusSeconds(1);

    private NativeImageTar() {
    }

    /**
     * @param arguments the binary, the tar to write, the version
     */
    public static void main(String[] arguments) throws Exception {
        Path tar = Path.of(arguments[1]);
        JibContainer image = build(Path.of(arguments[0]), tar, arguments[2]);
        System.out.printf("%s: %d bytes, image %s%n", tar, Files.size(tar), image.getImageId());
    }

    static JibContainer build(Path binary, Path tar, String version) throws Exception {
        FileEntriesLayer.Builder libraries = FileEntriesLayer.builder().setName("libraries");
        for (Path library : libraries(binary)) {
            add(libraries, library.toRealPath(), library.toString(), "755");
        }
        Path users = Files.createTempFile("passwd", "");
        Files.writeString(users, "freshet:x:1001:1001::/app:/\n");
        add(libraries, users, "/etc/passwd", "444");
        Path empty = Files.createTempDirectory("empty");
        libraries.addEntry(empty, AbsoluteUnixPath.get("/tmp"), FilePermissions.fromOctalString("777"), THEN);
        FileEntriesLayer.Builder application = FileEntriesLayer.builder().setName("application");
        add(application, binary, "/app/freshet", "555");
        try {
            return Jib.fromScratch().setFormat(ImageFormat.Docker).setCreationTime(THEN)
                    .setFileEntriesLayers(List.of(libraries.build(), application.build()))
                    .setEnvironment(Map.of("FRESHET_HOST", "0.0.0.0", "PORT", "8765"))
                    .setExposedPorts(Ports.parse(List.of("8765"))).setUser("1001:1001")
                    .setWorkingDirectory(AbsoluteUnixPath.get("/app")).setEntrypoint("/app/freshet")
                    .setLabels(Map.of("org.opencontainers.image.title", "freshet", "org.opencontainers.image.licenses",
                            "Apache-2.0",
                            "org.opencontainers.image.version", version))
                    .containerize(Containerizer.to(TarImage.at(tar).named("freshet:" + version)).setOfflineMode(true)
                            .setBaseImageLayersCache(Files.createTempDirectory("base"))
                            .setApplicationLayersCache(Files.createTempDirectory("layers")));
        } finally {
            Files.delete(users);
            Files.delete(empty);
        }
    }

    private static void add(FileEntriesLayer.Builder layer, Path file, String path, String permissions) {
        layer.addEntry(file, AbsoluteUnixPath.get(path), FilePermissions.fromOctalString(permissions), THEN);
    }

    /** What the loader of this machine says it needs. */
    private static Set<Path> libraries(Path binary) throws IOException {
        Process process = new ProcessBuilder("ldd", binary.toAbsolutePath().toString()).start();
        try (InputStream out = process.getInputStream()) {
            Set<Path> libraries = new TreeSet<>();
            LIBRARY.matcher(new String(out.readAllBytes(), StandardCharsets.UTF_8)).results()
                    .forEach(found -> libraries.add(Path.of(found.group(1))));
            return libraries;
        }
    }
}
