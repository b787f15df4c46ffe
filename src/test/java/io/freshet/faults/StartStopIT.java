package io.freshet.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the process begins and ends, as whoever started it sees it. */
class StartStopIT {

    private static final int INTERRUPTED = 130;
    /** The second bit of the signals that are ignored. */
    private static final long SIGINT = 2;
    private static final int TERMINATED = 143;
    private static final int NOT_STARTED = 1;
    private static final int SERVICE_RESTART = 1012;
    /** Ten seconds for the sinks, ten for requests, and what the machine takes. */
    private static final Duration GRACE = Duration.ofSeconds(25);

    @TempDir
    Path folder;

    private Path log() {
        return folder.resolve("freshet.log");
    }

    private String said() {
        try {
            return Files.readString(log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int codeOf(int port, String... settings) {
        Process process = FreshetProcess.launch(log(), port, List.of(settings));
        try {
            Processes.awaitEnd(process);
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void doesNotStartWhereOthersReachItAndNobodyIsKnown() {
        assertThat(codeOf(Processes.freePort(), "quarkus.http.host=0.0.0.0")).isEqualTo(NOT_STARTED);
        assertThat(said()).contains("bound to an address that other machines can reach", "freshet.security.api-keys");
    }

    @Test
    void doesNotStartOnAPortThatIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(codeOf(taken.getLocalPort())).isEqualTo(NOT_STARTED);
        }
        assertThat(said()).contains("Freshet did not start: the port ").contains("is in use");
    }

    @Test
    void doesNotStartWithAMalformedSetting() {
        assertThat(codeOf(Processes.freePort(), "freshet.store.recent-records=many")).isEqualTo(NOT_STARTED);
        assertThat(said()).contains("freshet.store.recent-records");
    }

    @Test
    void doesNotStartWhenStreamsAreToBeSharedAndNothingDividesThem() {
        assertThat(codeOf(Processes.freePort(), "freshet.sharing.enabled=true", "freshet.store.folder=" + folder))
                .isEqualTo(NOT_STARTED);
        assertThat(said()).contains("KAFKA_BOOTSTRAP_SERVERS");
    }

    @Test
    void anIdleServiceEndsAtOnce() {
        try (FreshetProcess freshet = new FreshetProcess(log(), List.of())) {
            long startedAt = System.nanoTime();
            assertThat(freshet.terminate()).isEqualTo(TERMINATED);
            assertThat(Duration.ofNanos(System.nanoTime() - startedAt)).isLessThan(Duration.ofSeconds(8));
        }
    }

    /** What a shell runs in the background ignores SIGINT, and so does all that is started from there. */
    private static void assumeInterruptsReach() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (Files.exists(status)) {
            long ignored = Files.readAllLines(status).stream().filter(line -> line.startsWith("SigIgn:"))
                    .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).trim(), 16)).findFirst().orElse(0);
            assumeTrue((ignored & SIGINT) == 0, "SIGINT is ignored here, as in the background of a shell");
        }
    }

    @Test
    void interruptedItDrainsAsWell() throws IOException {
        assumeInterruptsReach();
        try (FreshetProcess freshet = new FreshetProcess(log(), List.of())) {
            freshet.signal("INT");
            assertThat(freshet.awaitEnd()).isEqualTo(INTERRUPTED);
            assertThat(said()).contains("Shutdown requested");
        }
    }

    @Test
    void interruptedASecondTimeItEndsAtOnce() throws IOException {
        assumeInterruptsReach();
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
                FreshetProcess freshet = stuck(silent)) {
            freshet.signal("INT");
            Processes.await("it drains", GRACE, () -> said().contains("Shutdown requested"));
            long startedAt = System.nanoTime();
            freshet.signal("INT");
            assertThat(freshet.awaitEnd()).isEqualTo(INTERRUPTED);
            assertThat(Duration.ofNanos(System.nanoTime() - startedAt)).isLessThan(Duration.ofSeconds(3));
        }
    }

    @Test
    void clientsOfSocketsAreToldToConnectAgain() throws Exception {
        try (FreshetProcess freshet = new FreshetProcess(log(), List.of())) {
            freshet.post("/api/v1/streams", "{\"name\":\"live\",\"source\":{\"pattern\":{}},"
                    + "\"pace\":{\"recordsPerSecond\":10},\"sinks\":[{\"websocket\":{}}]}");
            List<CompletableFuture<Integer>> codes = new ArrayList<>();
            for (String path : List.of("/", "/synthetic", "/alerts", "/streams/live")) {
                CompletableFuture<Integer> code = new CompletableFuture<>();
                HttpClient.newHttpClient().newWebSocketBuilder()
                        .buildAsync(URI.create("ws://127.0.0.1:" + freshet.port() + path), new Closing(code)).join();
                codes.add(code);
            }
            assertThat(freshet.terminate()).isEqualTo(TERMINATED);
            for (CompletableFuture<Integer> code : codes) {
                assertThat(code.get(10, TimeUnit.SECONDS)).isEqualTo(SERVICE_RESTART);
            }
        }
    }

    /** Waits for the end. */
    private record Closing(CompletableFuture<Integer> code) implements WebSocket.Listener {

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            code.complete(status);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            code.completeExceptionally(error);
        }
    }

    @Test
    void aSinkThatDoesNotAnswerHoldsTheEndUpForNoLongerThanTheGracePeriod() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
                FreshetProcess freshet = stuck(silent)) {
            long startedAt = System.nanoTime();
            assertThat(freshet.terminate()).isEqualTo(TERMINATED);
            assertThat(Duration.ofNanos(System.nanoTime() - startedAt)).isLessThan(GRACE);
        }
    }

    @Test
    void toldASecondTimeItEndsAtOnce() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
                FreshetProcess freshet = stuck(silent)) {
            freshet.tellToEnd();
            Processes.await("it drains", GRACE, () -> said().contains("Shutdown requested"));
            assertThat(freshet.isAlive()).isTrue();
            long startedAt = System.nanoTime();
            assertThat(freshet.terminate()).isEqualTo(TERMINATED);
            assertThat(Duration.ofNanos(System.nanoTime() - startedAt)).isLessThan(Duration.ofSeconds(3));
        }
    }

    /** With a stream to a broker that takes connections, and says nothing. */
    private FreshetProcess stuck(ServerSocket silent) {
        FreshetProcess freshet = new FreshetProcess(log(),
                List.of("kafka.bootstrap.servers=127.0.0.1:" + silent.getLocalPort(),
                        "freshet.dead-letters.folder=" + folder.resolve("letters"),
                        "freshet.store.folder=" + folder.resolve("store")));
        freshet.post("/api/v1/streams",
                "{\"name\":\"stuck\",\"source\":{\"pattern\":{}},\"sinks\":[{\"kafka\":{\"topic\":\"t\"}}]}");
        Processes.await("records are on their way", GRACE,
                () -> freshet.statistics("stuck").get("inFlight").asLong() > 0);
        return freshet;
    }
}
