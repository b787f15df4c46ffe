package io.freshet.source.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import com.sun.net.httpserver.HttpServer;

import io.freshet.memory.MemoryBudget;
import io.freshet.security.Destination;

/** Where a WebSocket source connects to. */
@Timeout(60)
class WebSocketAddressTest extends WebSocketSourceFixture {

    @Test
    void connectsToTheCheckedAddressAndSendsTheGivenHostName() throws IOException {
        server = new WebSocketServer((connection, number) -> connection.send("{\"a\":1}"));
        String name = "there-is-no-such-name.invalid:" + URI.create(server.url()).getPort();
        source = new WebSocketSource(settings(WebSocketFormat.JSON, "ws://" + name + "/feed", 0, HASTY), CLIENT,
                url -> new Destination(URI.create(server.url()), Optional.of(name)), NOBODY, Optional.empty(),
                MemoryBudget.unlimited());

        assertThat(take(1)).containsExactly("{\"a\":1}");
        assertThat(server.handshakes).singleElement().asString().contains("Host: " + name).doesNotContain("127.0.0.1");
    }

    @Test
    void doesNotFollowRedirections() throws IOException {
        server = new WebSocketServer((connection, number) -> connection.send("{\"a\":1}"));
        HttpServer redirecting = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        redirecting.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Location", server.url().replaceFirst("ws", exchange.getRequestURI().getQuery()));
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        redirecting.start();
        try {
            for (String scheme : List.of("ws", "http")) {
                source = source(settings(WebSocketFormat.JSON,
                        "ws://127.0.0.1:" + redirecting.getAddress().getPort() + "/feed?" + scheme, 3, PATIENT));
                source.available(0, 10, Instant.EPOCH);
                await().until(() -> source.isExhausted());
                assertThat(source.status().warning()).contains("302");
                assertThat(source.failure())
                        .isEqualTo(
                                "the feed of 127.0.0.1 was abandoned after 3 consecutive failed connections; last: HTTP status 302");
                source.close();
            }
            assertThat(server.handshakes).isEmpty();
        } finally {
            redirecting.stop(0);
        }
    }
}
