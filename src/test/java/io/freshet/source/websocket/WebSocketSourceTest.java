package io.freshet.source.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.freshet.memory.MemoryBudget;
import io.freshet.source.WebSocketStatus;

@Timeout(60)
class WebSocketSourceTest extends WebSocketSourceFixture {

    @Test
    void messagesBecomeRecords() throws IOException {
        server = new WebSocketServer((connection, number) -> {
            connection.send("{\"a\": 1,\n \"b\": 12.5}");
            connection.send("[{\"a\":2},{\"a\":3}]");
            connection.send("{\"a\":4}".getBytes(StandardCharsets.UTF_8));
        });
        source = source(settings(WebSocketFormat.JSON));

        assertThat(take(4)).containsExactly("{\"a\":1,\"b\":12.5}", "{\"a\":2}", "{\"a\":3}", "{\"a\":4}");
        assertThat(status().state()).isEqualTo("connected");
        assertThat(status().messages()).isEqualTo(3);
        assertThat(status().records()).isEqualTo(4);
        assertThat(server.handshakes).singleElement().asString().contains("Authorization: Bearer secret");
    }

    @Test
    void textsAndBytesAreWrapped() throws IOException {
        server = new WebSocketServer((connection, number) -> {
            connection.send("a \"text\"");
            connection.send(new byte[] { 0, 1, 2 });
        });
        source = source(settings(WebSocketFormat.TEXT));
        assertThat(take(1)).containsExactly("{\"text\":\"a \\\"text\\\"\"}");
        await().until(() -> status().garbage() == 1);
        source.close();

        source = source(settings(WebSocketFormat.BINARY));
        position = 0;
        assertThat(take(1)).containsExactly("{\"bytes\":\"AAEC\"}");
    }

    @Test
    void malformedMessagesAreCountedAndDoNoHarm() throws IOException {
        server = new WebSocketServer((connection, number) -> {
            for (String message : List.of("{\"cut\":", "[1,2]", "7", "", "{} {}", "[".repeat(5000), "\u0000\u0001",
                    "{\"good\":1}")) {
                connection.send(message);
            }
        });
        source = source(settings(WebSocketFormat.JSON));

        assertThat(take(1)).containsExactly("{\"good\":1}");
        assertThat(status().garbage()).as("each element of the array").isEqualTo(8);
        assertThat(status().errors()).hasSize(5)
                .noneMatch(reason -> reason.contains("Feature") || reason.contains("fasterxml"))
                .first().asString().isEqualTo("message 1: invalid JSON: unexpected end");
        assertThat(status().lost()).isZero();
    }

    @Test
    void onlyTheElementsOfAnArrayThatAreNotObjectsAreMalformed() throws IOException {
        server = new WebSocketServer((connection, number) -> {
            connection.send("{\"id\":1}");
            connection.send("[{\"id\":2},{\"id\":3},4]");
            connection.send("not json");
        });
        List<String> refused = new CopyOnWriteArrayList<>();
        source = new WebSocketSource(settings(WebSocketFormat.JSON), CLIENT, HERE,
                (number, bytes, reason) -> refused
                        .add(number + " " + new String(bytes, StandardCharsets.UTF_8) + ": " + reason),
                Optional.empty(), MemoryBudget.unlimited());

        assertThat(take(3)).containsExactly("{\"id\":1}", "{\"id\":2}", "{\"id\":3}");
        await().untilAsserted(() -> assertThat(refused).hasSize(2));
        assertThat(refused.get(0)).isEqualTo("2 4: an element of an array that is not an object");
        assertThat(refused.get(1)).startsWith("3 not json: invalid JSON: ");
    }

    @Test
    void oversizedMessagesAreDiscardedAsTheyArrive() throws IOException {
        server = new WebSocketServer((connection, number) -> {
            connection.send("{\"text\":\"" + "x".repeat(20 << 20) + "\"}");
            for (int i = 0; i < 20; i++) {
                connection.sendParts("y".repeat(100_000), 20);
            }
            connection.sendParts("\"y\"".repeat(10), 20);
            connection.send("{\"good\":1}");
        });
        source = source(settings(WebSocketFormat.JSON));

        assertThat(take(1)).containsExactly("{\"good\":1}");
        assertThat(status())
                .extracting(WebSocketStatus::tooLarge, WebSocketStatus::garbage, WebSocketStatus::lost,
                        WebSocketStatus::lastError)
                .containsExactly(21L, 1L, 0L, null);
    }

    @Test
    void aFlappingFeedIsReconnectedAndAskedForMissedMessages() throws IOException {
        server = new WebSocketServer(new WebSocketServer.Behaviour() {
            @Override
            public void opened(WebSocketServer.Connection connection, int number) throws IOException {
                if (number % 2 == 0) {
                    connection.drop();
                }
            }

            @Override
            public void received(WebSocketServer.Connection connection, int number, String message) throws IOException {
                if (message.startsWith("since ") || number == 1) {
                    send(connection, number == 1 ? 0 : Integer.parseInt(message.substring(6)) + 1, 5);
                    // a disconnected client may miss messages; before the first message, there is nothing to resume from
                    if (number == 1 || number % 3 == 0) {
                        connection.end();
                    } else {
                        connection.drop();
                    }
                }
            }
        });
        source = source(settings(WebSocketFormat.JSON));

        List<String> records = take(20);

        assertThat(records).isEqualTo(ids(20));
        assertThat(server.received).contains("subscribe").filteredOn(message -> message.startsWith("since "))
                .hasSizeGreaterThan(2);
        assertThat(status().lost()).isGreaterThanOrEqualTo(6);
    }

    @Test
    void aResumedSourceRequestsWhatItsSinksHaveNotAcknowledged() throws IOException {
        server = new WebSocketServer((connection, number) -> send(connection, 0, 30));
        source = source(settings(WebSocketFormat.JSON));
        take(10);
        take(10);

        assertThat(source.bookmark(0)).isEmpty();
        assertThat(source.bookmark(10)).contains("9");
        assertThat(source.bookmark(15)).contains("9");
        source.acknowledged(20);
        assertThat(source.bookmark(20)).contains("19");
        source.close();
        server.received.clear();
        source = new WebSocketSource(settings(WebSocketFormat.JSON), CLIENT, HERE, NOBODY, Optional.of("19"),
                MemoryBudget.unlimited());
        assertThat(source.bookmark(20)).contains("19");

        take(1);
        await().untilAsserted(() -> assertThat(server.received).containsExactly("subscribe", "since 19"));
    }

    @Test
    void readingStopsWhenTheBufferIsFull() throws IOException {
        server = new WebSocketServer((connection, number) -> send(connection, 0, 200_000));
        source = source(settings(WebSocketFormat.JSON, server.url(), 0, HASTY));
        source.available(0, 10, Instant.EPOCH);

        await().until(() -> status().buffered() >= 200);
        await().during(Duration.ofMillis(400)).until(() -> status().buffered() == 200);
        assertThat(status().state()).as("silence that we want is no reason to leave").isEqualTo("connected");
        assertThat(take(2000)).isEqualTo(ids(2000));
    }

    @Test
    void aHalfOpenConnectionIsDetectedAndReplaced() throws IOException {
        server = new WebSocketServer(new WebSocketServer.Behaviour() {
            @Override
            public void opened(WebSocketServer.Connection connection, int number) {
                // sends nothing
            }

            @Override
            public boolean answersPings() {
                return false;
            }
        });
        source = source(settings(WebSocketFormat.JSON, server.url(), 0, HASTY));
        source.available(0, 10, Instant.EPOCH);

        await().until(() -> status().lost() >= 2);
        assertThat(status().lastError()).isEqualTo("no reply to pings");
        assertThat(source.status().warning()).isEqualTo("the feed of 127.0.0.1 is disconnected: no reply to pings");
    }

    @Test
    void aQuietFeedThatAnswersPingsIsKept() throws IOException {
        server = new WebSocketServer((connection, number) -> {
        });
        source = source(settings(WebSocketFormat.JSON, server.url(), 0, Duration.ofMillis(400)));
        source.available(0, 10, Instant.EPOCH);

        await().until(() -> status().state().equals("connected"));
        await().during(Duration.ofMillis(2500)).until(() -> status().lost() == 0);
    }

    @Test
    void theFeedIsAbandonedAfterTheConfiguredAttempts() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        source = source(settings(WebSocketFormat.JSON, "ws://127.0.0.1:" + port, 4, PATIENT));
        source.available(0, 10, Instant.EPOCH);

        await().until(() -> source.isExhausted());
        assertThat(status().lost()).isEqualTo(4);
        assertThat(status().state()).isEqualTo("ended");
        assertThat(source.status().warning()).startsWith("the feed of 127.0.0.1 is disconnected: ConnectException")
                .doesNotContain("secret");
    }

    @Test
    void aConnectionThatOpensAfterTheSourceHasClosedIsClosed() throws IOException {
        CountDownLatch answered = new CountDownLatch(1);
        server = new WebSocketServer(new WebSocketServer.Behaviour() {
            @Override
            public void shaken(int number) throws IOException {
                try {
                    answered.await();
                } catch (InterruptedException e) {
                    throw new InterruptedIOException();
                }
            }

            @Override
            public void opened(WebSocketServer.Connection connection, int number) {
                // sends nothing
            }
        });
        source = source(settings(WebSocketFormat.JSON));
        source.available(0, 10, Instant.EPOCH);
        await().until(() -> !server.handshakes.isEmpty());

        source.close();
        answered.countDown();

        await().until(() -> !server.hasOpen());
        assertThat(status()).extracting(WebSocketStatus::state, WebSocketStatus::connections, WebSocketStatus::lost)
                .containsExactly("ended", 0L, 0L);
        assertThat(server.received).isEmpty();
    }

    private static void send(WebSocketServer.Connection connection, int from, int count) throws IOException {
        for (int i = from; i < from + count; i++) {
            connection.send("{\"id\":" + i + "}");
        }
    }

    private static List<String> ids(int count) {
        return IntStream.range(0, count).mapToObj(i -> "{\"id\":" + i + "}").toList();
    }

    private WebSocketSettings settings(WebSocketFormat format) {
        return settings(format, server.url(), 0, PATIENT);
    }

}
