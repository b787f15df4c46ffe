package io.freshet.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Freshet as it is shipped, in a process of its own: the native binary where there is one to test, else the jar. */
final class FreshetProcess implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final Path NATIVE = Path.of(System.getProperty("native.image.path", "none"));

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final int port = Processes.freePort();
    private final Path log;
    private final List<String> settings;
    private Process process;

    /**
     * @param log where what it says goes
     * @param settings such as {@code name=value}
     */
    FreshetProcess(Path log, List<String> settings) {
        this.log = log;
        this.settings = settings;
        start();
    }

    /** Whether there is something to start. */
    static boolean isThere() {
        return Files.exists(JAR) || Files.exists(NATIVE);
    }

    void start() {
        process = launch(log, port, settings);
        Processes.await("Freshet is ready", PATIENCE, this::isReady);
    }

    /** Starts a process, whatever becomes of it. */
    static Process launch(Path log, int port, List<String> settings) {
        List<String> command = new ArrayList<>(Files.exists(NATIVE) ? List.of(NATIVE.toAbsolutePath().toString())
                : List.of(Processes.java(), "-Xmx400m", "-XX:+UseSerialGC"));
        settings.forEach(setting -> command.add("-D" + setting));
        command.add("-Dquarkus.http.port=" + port);
        if (!Files.exists(NATIVE)) {
            command.addAll(List.of("-jar", JAR.toAbsolutePath().toString()));
        }
        try {
            return new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends SIGTERM, and does not wait. */
    void tellToEnd() {
        process.destroy();
    }

    /** Sends any signal, by its name, and does not wait. */
    void signal(String name) {
        try {
            int code = new ProcessBuilder("kill", "-s", name, String.valueOf(process.pid())).inheritIO().start().waitFor();
            if (code != 0) {
                throw new IllegalStateException("the signal " + name + " was not sent: " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until it has ended; what it ends with. */
    int awaitEnd() {
        Processes.awaitEnd(process);
        return process.exitValue();
    }

    private boolean isReady() {
        if (!process.isAlive()) {
            throw new IllegalStateException("Freshet has ended: see " + log);
        }
        try {
            return client.send(HttpRequest.newBuilder(uri("/q/health/ready")).timeout(Duration.ofSeconds(2)).build(),
                    HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    int port() {
        return port;
    }

    void kill() {
        Processes.kill(process);
    }

    /** As Kubernetes does it first: SIGTERM; returns what it ends with. */
    int terminate() {
        tellToEnd();
        return awaitEnd();
    }

    JsonNode get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    JsonNode post(String path, String json) {
        return send(HttpRequest.newBuilder(uri(path)).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    /** What is no JSON. */
    String text(String path) {
        return answer(HttpRequest.newBuilder(uri(path)).GET());
    }

    JsonNode put(String path, String type, String body) {
        return send(HttpRequest.newBuilder(uri(path)).header("Content-Type", type)
                .PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The CPU it has used so far. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private JsonNode send(HttpRequest.Builder request) {
        try {
            return JSON.readTree(answer(request));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String answer(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = client.send(request.timeout(Duration.ofSeconds(30)).build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IllegalStateException(answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    JsonNode statistics(String stream) {
        return get("/api/v1/streams/" + stream + "/statistics");
    }

    @Override
    public void close() {
        Processes.kill(process);
    }
}
