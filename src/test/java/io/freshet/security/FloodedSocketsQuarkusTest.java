package io.freshet.security;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.oneOf;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;

/** Clients that keep sending requests and do not read the responses. */
@QuarkusTest
@TestProfile(Secured.class)
class FloodedSocketsQuarkusTest {

    private static final String MUCH = "{\"action\":\"generate\",\"model\":\"flood\",\"count\":1000000,\"batch_size\":1000}";

    /** A client that reads nothing until the test calls for it. */
    private static final class Client implements WebSocket.Listener {
        private final CompletableFuture<Integer> code = new CompletableFuture<>();
        private final List<String> texts = new CopyOnWriteArrayList<>();
        private final StringBuilder text = new StringBuilder();

        private final WebSocket socket;

        Client(String path) {
            socket = HttpClient.newHttpClient().newWebSocketBuilder().header("X-API-Key", Secured.key(Role.READ))
                    .buildAsync(URI.create("ws://localhost:" + RestAssured.port + path), this).join();
        }

        @Override
        public void onOpen(WebSocket opened) {
            // no further message is requested
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                texts.add(text.toString());
                text.setLength(0);
            }
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            code.complete(status);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            code.completeExceptionally(error);
        }

        void flood(String message, int times) {
            try {
                for (int i = 0; i < times && !socket.isOutputClosed(); i++) {
                    socket.sendText(message, true).orTimeout(20, TimeUnit.SECONDS).join();
                }
            } catch (CompletionException e) {
                // the socket was closed in the meantime
                assertThat(e).hasCauseInstanceOf(IOException.class);
            }
        }

        int codeWhenRead() throws Exception {
            socket.request(Long.MAX_VALUE);
            return code.get(60, TimeUnit.SECONDS);
        }
    }

    private static void fit() {
        given().header("Authorization", "Bearer " + Secured.key(Role.ADMIN)).contentType("text/csv")
                .body("a,b\n1,x\n2,y\n3,x\n4,z\n5,x\n6,y\n").put("/api/v1/models/flood").then()
                .statusCode(oneOf(200, 201));
    }

    @Test
    void whoeverAsksOnAndOnAndReadsNothingIsClosed() throws Exception {
        fit();
        Client client = new Client("/");
        client.flood(MUCH, 200);
        assertThat(client.codeWhenRead()).isEqualTo(1008);
        assertThat(client.texts).allMatch(text -> text.startsWith("{\"records\":"));
    }

    @Test
    void requestsAreAnsweredOneAfterTheOther() throws Exception {
        fit();
        Client client = new Client("/synthetic");
        for (int i = 1; i <= 5; i++) {
            client.flood("{\"action\":\"stream\",\"model\":\"flood\",\"n_batches\":20,\"batch_size\":" + i + "}", 1);
        }
        client.socket.request(Long.MAX_VALUE);
        await().until(() -> client.texts.size() == 105);
        for (int i = 0; i < 105; i++) {
            assertThat(client.texts.get(i)).contains(i % 21 == 20 ? "\"complete\"" : "\"n_samples\":" + (i / 21 + 1));
        }
        client.socket.abort();
    }
}
