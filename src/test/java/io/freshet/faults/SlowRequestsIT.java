package io.freshet.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that take their time. */
class SlowRequestsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String WHOLE = "GET /q/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final String BEGUN = "GET /q/health/live HTTP/1.1\r\nHost: localhost\r\nX-Slow: ";

    @TempDir
    Path folder;

    private FreshetProcess freshet;

    @BeforeEach
    void begin() {
        freshet = new FreshetProcess(folder.resolve("freshet.log"), List.of("freshet.security.limits.head-timeout=2s",
                "freshet.security.limits.document-timeout=3s", "freshet.store.folder=" + folder.resolve("store")));
    }

    @AfterEach
    void end() {
        freshet.close();
    }

    @Test
    void aHeadThatDripsLosesItsConnectionTheFirstAsWellAsLaterOnes() {
        assertThat(cutOffAfter(BEGUN)).isBetween(Duration.ofSeconds(1), PATIENCE);
        assertThat(cutOffAfter(WHOLE + BEGUN)).isBetween(Duration.ofSeconds(1), PATIENCE);
    }

    @Test
    void aBodyThatDripsLosesItsConnection() {
        assertThat(cutOffAfter("POST /api/v1/streams HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: 1000\r\n\r\n{")).isBetween(Duration.ofSeconds(2), PATIENCE);
    }

    @Test
    void whoIsAnsweredMayWaitBetweenRequestsAndSocketsMayBeSilent() throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        WebSocket socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(
                URI.create("ws://127.0.0.1:" + freshet.port() + "/"), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
                        answer.complete(data.toString());
                        return null;
                    }
                }).join();
        try (Socket patient = new Socket("127.0.0.1", freshet.port())) {
            for (int i = 0; i < 2; i++) {
                patient.getOutputStream().write(WHOLE.getBytes(StandardCharsets.US_ASCII));
                assertThat(patient.getInputStream().read()).isEqualTo('H');
                Processes.pause(Duration.ofSeconds(4));
                assertThat(patient.getInputStream().skip(patient.getInputStream().available())).isPositive();
            }
        }
        socket.sendText("{\"action\":\"stats\"}", true);
        assertThat(answer.get(20, java.util.concurrent.TimeUnit.SECONDS)).contains("stats");
        socket.abort();
    }

    private Duration cutOffAfter(String sent) {
        try (Socket socket = new Socket("127.0.0.1", freshet.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(sent.getBytes(StandardCharsets.US_ASCII));
            socket.setSoTimeout(100);
            long startedAt = System.nanoTime();
            Processes.await("the connection is closed", PATIENCE, () -> isCutOff(socket, out));
            return Duration.ofNanos(System.nanoTime() - startedAt);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends one more byte, and looks. */
    private static boolean isCutOff(Socket socket, OutputStream out) {
        try {
            out.write('a');
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (SocketException e) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
