package io.freshet.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The development servers are not part of any production artifact. */
class PackagedServersIT {

    @Test
    void theFastJarHasNoServers() throws IOException {
        Path app = Path.of("target", "quarkus-app");
        Assumptions.assumeTrue(Files.exists(app), "there is no fast-jar: a native build makes none");
        try (Stream<Path> files = Files.walk(app)) {
            List<Path> jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
            assertThat(jars).isNotEmpty().noneMatch(jar -> jar.getFileName().toString()
                    .matches(".*(kafka_2\\.13|kafka-server|kafka-metadata|scala|embedded-redis|mongo-java-server).*"));
            for (Path jar : jars) {
                try (JarFile contents = new JarFile(jar.toFile())) {
                    assertThat(contents.stream().map(Object::toString))
                            .noneMatch(name -> name.startsWith("io/freshet/dev/") && name.endsWith(".class"));
                }
            }
        }
    }
}
