package io.freshet.stream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real schema registry (Apicurio) in a process of its own, with in-memory storage; downloaded once by Maven. */
public final class LocalRegistry implements AutoCloseable {

    private static final String ARTIFACT = "io.apicurio:apicurio-registry-app:3.0.9:tar.gz:all";
    /** A version that does not read POMs, because that of the artifact has a parent that is not published. */
    private static final String COPY = "org.apache.maven.plugins:maven-dependency-plugin:2.10:copy";
    private static final Path FOLDER = Path.of("target", "registry");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final int port;
    private Process process;

    private LocalRegistry(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    public static LocalRegistry start() {
        try {
            int port = freePort();
            LocalRegistry registry = new LocalRegistry(port, begin(port));
            registry.awaitAnswer();
            return registry;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private static Process begin(int port) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx200m",
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dquarkus.http.host=127.0.0.1", "-Dquarkus.http.port=" + port,
                "-jar",
                runner().toAbsolutePath().toString()).redirectErrorStream(true)
                .redirectOutput(FOLDER.resolve("log").toFile()).start();
    }

    private static Path runner() throws IOException {
        if (!Files.isDirectory(FOLDER.resolve("lib"))) {
            Files.createDirectories(FOLDER);
            run(Path.of(System.getProperty("maven.home"), "bin", "mvn").toString(), "-q", "-N", COPY, "-Dartifact=" + ARTIFACT,
                    "-DoutputDirectory=" + FOLDER.toAbsolutePath());
            run("tar", "xzf", only("all.tar.gz").toString(), "-C", FOLDER.toString());
        }
        return only("runner.jar");
    }

    private static Path only(String ending) throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(ending)).findFirst().orElseThrow();
        }
    }

    private static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(List.of(command)).inheritIO().start();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("failed: " + String.join(" ", command));
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private void awaitAnswer() throws IOException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/subjects")).timeout(Duration.ofSeconds(5)).build();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            try {
                if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(200);
            } catch (IOException e) {
                // not ready yet
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
        throw new IOException("the registry does not answer");
    }

    public String url() {
        return "http://127.0.0.1:" + port + "/apis/ccompat/v7";
    }

    public void stop() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public void startAgain() {
        try {
            process = begin(port);
            awaitAnswer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
