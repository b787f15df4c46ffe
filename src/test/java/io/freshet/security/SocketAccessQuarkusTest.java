package io.freshet.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.security.GeneralSecurityException;
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
            // what a client says of its own token does not count
            client.newWebSocketBuilder().header("Authorization", "Bearer " + SignedTokens.right("read", 3))
                    .header(Gate.TOKEN_ENDS, "4102444800000")
                    .buildAsync(URI.create("ws://localhost:" + RestAssured.port + path), closing(code)).join();
            assertThat(code.get(20, TimeUnit.SECONDS)).isEqualTo(1008);
        }
    }

    @Test
    void aSocketThatWasOpenedWithAKeyStaysOpen() {
        CompletableFuture<Integer> code = new CompletableFuture<>();
        // nor does it end sockets
        WebSocket socket = client.newWebSocketBuilder().header("X-API-Key", Secured.key(Role.READ)).header(Gate.TOKEN_ENDS, "1")
                .buildAsync(URI.create("ws://localhost:" + RestAssured.port + "/"), closing(code)).join();
        assertThatThrownBy(() -> code.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
        socket.abort();
    }
}
