package io.freshet.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;

@QuarkusTest
@TestProfile(Secured.class)
class SocketAccessQuarkusTest {

    private static final List<String> SOCKETS = List.of("/", "/synthetic", "/streams/there-is-none");

    private final HttpClient client = HttpClient.newHttpClient();

    private WebSocket open(WebSocket.Builder builder, String path) {
        return builder.buildAsync(URI.create("ws://localhost:" + RestAssured.port + path), new WebSocket.Listener() {
        }).join();
    }

    private void refuses(int status, WebSocket.Builder builder, String path) {
        assertThatThrownBy(() -> open(builder, path)).isInstanceOf(CompletionException.class)
                .cause().isInstanceOfSatisfying(WebSocketHandshakeException.class,
                        e -> assertThat(e.getResponse().statusCode()).as(path).isEqualTo(status));
    }

    @Test
    void noSocketOpensWithoutAKeyOrWithAWrongOne() throws GeneralSecurityException {
        for (String path : SOCKETS) {
            refuses(401, client.newWebSocketBuilder(), path);
            refuses(401, client.newWebSocketBuilder().subprotocols("freshet"), path);
            for (String wrong : SignedTokens.wrong().values()) {
                refuses(401, client.newWebSocketBuilder().header("Authorization", "Bearer " + wrong), path);
                if (!wrong.isEmpty()) {
                    refuses(401, client.newWebSocketBuilder().subprotocols("freshet", "freshet.bearer." + wrong), path);
                }
            }
        }
    }

    @Test
    void whoeverMayReadMayOpenSocketsByHeaderOrSubProtocol() throws GeneralSecurityException {
        for (String path : SOCKETS) {
            for (Role role : Role.values()) {
                open(client.newWebSocketBuilder().header("X-API-Key", Secured.key(role)), path).abort();
                for (String credential : List.of(Secured.key(role), SignedTokens.right(role.id()))) {
                    WebSocket socket = open(
                            client.newWebSocketBuilder().subprotocols("freshet", "freshet.bearer." + credential), path);
                    assertThat(socket.getSubprotocol()).isEqualTo("freshet");
                    socket.abort();
                }
            }
        }
    }

    @Test
    void pagesOfOtherOriginsOpenNoSockets() {
        for (String path : SOCKETS) {
            refuses(403, client.newWebSocketBuilder().header("X-API-Key", Secured.key(Role.ADMIN)).header("Origin",
                    "https://evil.example"), path);
            open(client.newWebSocketBuilder().header("X-API-Key", Secured.key(Role.READ)).header("Origin",
                    "https://console.example"), path).abort();
        }
    }

    private static WebSocket.Listener closing(CompletableFuture<Integer> code) {
        return new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
                code.complete(status);
                return null;
            }
        };
    }

    @Test
    void aSocketEndsWithTheTokenItWasOpenedWith() throws Exception {
        for (String path : List.of("/", "/alerts")) {
            CompletableFuture<Integer> code = new CompletableFuture<>();
            client.newWebSocketBuilder().header("Authorization", "Bearer " + SignedTokens.right("read", 3))
                    .buildAsync(URI.create("ws://localhost:" + RestAssured.port + path), closing(code)).join();
            assertThat(code.get(20, TimeUnit.SECONDS)).isEqualTo(1008);
        }
    }

    private static void keys(String... lines) throws IOException {
        Files.write(Secured.KEYS, List.of(lines));
        // a file that is written twice within a moment may keep its modification time
        Files.setLastModifiedTime(Secured.KEYS, FileTime.fromMillis(System.currentTimeMillis() + lines.length * 1_000L));
    }

    @Test
    void aSocketEndsWhenTheKeyItWasOpenedWithIsTakenAway() throws Exception {
        String guest = "guest-key-0123456789-0123456789";
        String other = "other-key-0123456789-0123456789";
        String line = "%s read sha256:%s";
        String othersLine = line.formatted("other", HexFormat.of().formatHex(ApiKey.hashOf(other)));
        keys(line.formatted("guest", HexFormat.of().formatHex(ApiKey.hashOf(guest))), othersLine);
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
            open(client.newWebSocketBuilder().header("X-API-Key", guest), "/").abort();
            return true;
        });
        List<CompletableFuture<Integer>> codes = new ArrayList<>();
        for (String key : List.of(guest, guest, other)) {
            CompletableFuture<Integer> code = new CompletableFuture<>();
            client.newWebSocketBuilder().header("X-API-Key", key)
                    .buildAsync(URI.create("ws://localhost:" + RestAssured.port + (codes.isEmpty() ? "/" : "/alerts")),
                            closing(code))
                    .join();
            codes.add(code);
        }

        keys(othersLine);

        assertThat(codes.get(0).get(20, TimeUnit.SECONDS)).isEqualTo(1008);
        assertThat(codes.get(1).get(20, TimeUnit.SECONDS)).isEqualTo(1008);
        assertThat(codes.get(2)).isNotDone();
        refuses(401, client.newWebSocketBuilder().header("X-API-Key", guest), "/");
    }

    @Test
    void aSocketThatWasOpenedWithAKeyStaysOpen() {
        CompletableFuture<Integer> code = new CompletableFuture<>();
        WebSocket socket = client.newWebSocketBuilder().header("X-API-Key", Secured.key(Role.READ))
                .buildAsync(URI.create("ws://localhost:" + RestAssured.port + "/"), closing(code)).join();
        assertThatThrownBy(() -> code.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
        socket.abort();
    }
}
