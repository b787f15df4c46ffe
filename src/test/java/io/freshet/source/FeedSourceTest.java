package io.freshet.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import com.sun.net.httpserver.HttpServer;

import io.freshet.codec.RecordBatch;
import io.freshet.event.WrittenEvents;
import io.freshet.security.Destination;

@Timeout(60)
class FeedSourceTest {

    private static final HttpClient CLIENT = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    private static final Duration HASTY = Duration.ofMillis(100);
    private static final Duration PATIENT = Duration.ofSeconds(10);

    private FeedServer server;
    private static final Function<URI, Destination> HERE = url -> new Destination(url, Optional.empty());

    private FeedSource source;
    private long position;

    @AfterEach
    void end() throws IOException {
        if (source != null) {
            source.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void messagesBecomeRecords() throws IOException {
        server = new FeedServer((connection, number) -> {
            connection.send("{\"a\": 1,\n \"b\": 12.5}");
            connection.send("[{\"a\":2},{\"a\":3}]");
            connection.send("{\"a\":4}".getBytes(StandardCharsets.UTF_8));
        });
        source = source(settings(FeedFormat.JSON));

        assertThat(take(4)).containsExactly("{\"a\":1,\"b\":12.5}", "{\"a\":2}", "{\"a\":3}", "{\"a\":4}");
        assertThat(status().state()).isEqualTo("connected");
        assertThat(status().messages()).isEqualTo(3);
        assertThat(status().records()).isEqualTo(4);
        assertThat(server.handshakes).singleElement().asString().contains("Authorization: Bearer secret");
    }

    @Test
    void textsAndBytesAreWrapped() throws IOException {
        server = new FeedServer((connection, number) -> {
            connection.send("a \"text\"");
            connection.send(new byte[] { 0, 1, 2 });
        });
        source = source(settings(FeedFormat.TEXT));
        assertThat(take(1)).containsExactly("{\"text\":\"a \\\"text\\\"\"}");
        await().until(() -> status().garbage() == 1);
        source.close();

        source = source(settings(FeedFormat.BINARY));
        position = 0;
        assertThat(take(1)).containsExactly("{\"bytes\":\"AAEC\"}");
    }

    @Test
    void garbageIsCountedAndDoesNoHarm() throws IOException {
        server = new FeedServer((connection, number) -> {
            for (String message : List.of("{\"cut\":", "[1,2]", "7", "", "{} {}", "[".repeat(5000), "\u0000\u0001",
                    "{\"good\":1}")) {
                connection.send(message);
            }
        });
        source = source(settings(FeedFormat.JSON));

        assertThat(take(1)).containsExactly("{\"good\":1}");
        assertThat(status().garbage()).isEqualTo(7);
        assertThat(status().lost()).isZero();
    }

    @Test
    void giantMessagesAreThrownAwayWhileTheyCome() throws IOException {
        server = new FeedServer((connection, number) -> {
            connection.send("{\"text\":\"" + "x".repeat(20 << 20) + "\"}");
            for (int i = 0; i < 20; i++) {
                connection.sendParts("y".repeat(100_000), 20);
            }
            connection.sendParts("\"y\"".repeat(10), 20);
            connection.send("{\"good\":1}");
        });
        source = source(settings(FeedFormat.JSON));

        assertThat(take(1)).containsExactly("{\"good\":1}");
        assertThat(status()).extracting(FeedStatus::tooLarge, FeedStatus::garbage, FeedStatus::lost, FeedStatus::lastError)
                .containsExactly(21L, 1L, 0L, null);
    }

    @Test
    void aFeedThatFlapsIsConnectedAgainAndAskedForWhatWasMissed() throws IOException {
        server = new FeedServer(new FeedServer.Behaviour() {
            @Override
            public void opened(FeedServer.Connection connection, int number) throws IOException {
                if (number % 2 == 0) {
                    connection.drop();
                }
            }

            @Override
            public void received(FeedServer.Connection connection, int number, String message) throws IOException {
                if (message.startsWith("since ") || number == 1) {
                    send(connection, number == 1 ? 0 : Integer.parseInt(message.substring(6)) + 1, 5);
                    // who is dropped may miss what was sent; without a message, there is nothing to ask for what comes after
                    if (number == 1 || number % 3 == 0) {
                        connection.end();
                    } else {
                        connection.drop();
                    }
                }
            }
        });
        source = source(settings(FeedFormat.JSON));

        List<String> records = take(20);

        assertThat(records).isEqualTo(ids(20));
        assertThat(server.received).contains("subscribe").filteredOn(message -> message.startsWith("since "))
                .hasSizeGreaterThan(2);
        assertThat(status().lost()).isGreaterThanOrEqualTo(6);
    }

    @Test
    void aSourceThatGoesOnAsksForWhatItsSinksDoNotHave() throws IOException {
        server = new FeedServer((connection, number) -> send(connection, 0, 30));
        source = source(settings(FeedFormat.JSON));
        take(10);
        take(10);

        assertThat(source.bookmark(0)).isEmpty();
        assertThat(source.bookmark(10)).contains("9");
        assertThat(source.bookmark(15)).contains("9");
        source.acknowledged(20);
        assertThat(source.bookmark(20)).contains("19");
        source.close();
        server.received.clear();
        source = new FeedSource(settings(FeedFormat.JSON), CLIENT, HERE, Optional.of("19"));
        assertThat(source.bookmark(20)).contains("19");

        take(1);
        await().untilAsserted(() -> assertThat(server.received).containsExactly("subscribe", "since 19"));
    }

    @Test
    void noMoreIsReadThanThereIsRoomFor() throws IOException {
        server = new FeedServer((connection, number) -> send(connection, 0, 200_000));
        source = source(settings(FeedFormat.JSON, server.url(), 0, HASTY));
        source.available(0, 10, Instant.EPOCH);

        await().until(() -> status().buffered() >= 200);
        await().during(Duration.ofMillis(400)).until(() -> status().buffered() == 200);
        assertThat(status().state()).as("silence that we want is no reason to leave").isEqualTo("connected");
        assertThat(take(2000)).isEqualTo(ids(2000));
    }

    @Test
    void aConnectionThatIsHalfOpenIsFoundAndReplaced() throws IOException {
        server = new FeedServer(new FeedServer.Behaviour() {
            @Override
            public void opened(FeedServer.Connection connection, int number) {
                // and not a word
            }

            @Override
            public boolean answersPings() {
                return false;
            }
        });
        source = source(settings(FeedFormat.JSON, server.url(), 0, HASTY));
        source.available(0, 10, Instant.EPOCH);

        await().until(() -> status().lost() >= 2);
        assertThat(status().lastError()).isEqualTo("no sign of life");
        assertThat(source.status().warning()).isEqualTo("the feed is lost: no sign of life");
    }

    @Test
    void aQuietFeedThatAnswersPingsIsKept() throws IOException {
        server = new FeedServer((connection, number) -> {
        });
        source = source(settings(FeedFormat.JSON, server.url(), 0, Duration.ofMillis(400)));
        source.available(0, 10, Instant.EPOCH);

        await().until(() -> status().state().equals("connected"));
        await().during(Duration.ofMillis(2500)).until(() -> status().lost() == 0);
    }

    @Test
    void itIsGivenUpAfterSoManyAttempts() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        source = source(settings(FeedFormat.JSON, "ws://127.0.0.1:" + port, 4, PATIENT));
        source.available(0, 10, Instant.EPOCH);

        await().until(() -> source.isExhausted());
        assertThat(status().lost()).isEqualTo(4);
        assertThat(status().state()).isEqualTo("ended");
        assertThat(source.status().warning()).startsWith("the feed is lost: ConnectException").doesNotContain("secret");
    }

    @Test
    void aConnectionThatOpensWhenNobodyWantsItIsClosed() throws IOException {
        CountDownLatch answered = new CountDownLatch(1);
        server = new FeedServer(new FeedServer.Behaviour() {
            @Override
            public void shaken(int number) throws IOException {
                try {
                    answered.await();
                } catch (InterruptedException e) {
                    throw new InterruptedIOException();
                }
            }

            @Override
            public void opened(FeedServer.Connection connection, int number) {
                // and not a word
            }
        });
        source = source(settings(FeedFormat.JSON));
        source.available(0, 10, Instant.EPOCH);
        await().until(() -> !server.handshakes.isEmpty());

        source.close();
        answered.countDown();

        await().until(() -> !server.hasOpen());
        assertThat(status()).extracting(FeedStatus::state, FeedStatus::connections, FeedStatus::lost)
                .containsExactly("ended", 0L, 0L);
        assertThat(server.received).isEmpty();
    }

    @Test
    void waitsGrowAndAreBounded() {
        FeedSettings.Connecting connecting = new FeedSettings.Connecting(Duration.ofSeconds(1), Duration.ofMillis(500),
                Duration.ofSeconds(30), 0);

        assertThat(IntStream.of(1, 2, 3, 6, 7, 8, 1000).mapToObj(connecting::after)).extracting(Duration::toMillis)
                .containsExactly(500L, 1000L, 2000L, 16_000L, 30_000L, 30_000L, 30_000L);
    }

    private static void send(FeedServer.Connection connection, int from, int count) throws IOException {
        for (int i = from; i < from + count; i++) {
            connection.send("{\"id\":" + i + "}");
        }
    }

    private static List<String> ids(int count) {
        return IntStream.range(0, count).mapToObj(i -> "{\"id\":" + i + "}").toList();
    }

    private FeedSettings settings(FeedFormat format) {
        return settings(format, server.url(), 0, PATIENT);
    }

    private static FeedSettings settings(FeedFormat format, String url, int attempts, Duration heartbeat) {
        return new FeedSettings(URI.create(url), Map.of("Authorization", "Bearer secret"), format, Optional.of("subscribe"),
                Optional.of(FeedResume.of("since ${id}")), 1 << 20, 200,
                new FeedSettings.Batching(100, Duration.ofMillis(20)), new FeedSettings.Connecting(heartbeat,
                        Duration.ofMillis(20), Duration.ofMillis(100), attempts));
    }

    @Test
    void connectsToTheAddressThatWasCheckedAndSaysTheNameItWasGiven() throws IOException {
        server = new FeedServer((connection, number) -> connection.send("{\"a\":1}"));
        String name = "there-is-no-such-name.invalid:" + URI.create(server.url()).getPort();
        source = new FeedSource(settings(FeedFormat.JSON, "ws://" + name + "/feed", 0, HASTY), CLIENT,
                url -> new Destination(URI.create(server.url()), Optional.of(name)), Optional.empty());

        assertThat(take(1)).containsExactly("{\"a\":1}");
        assertThat(server.handshakes).singleElement().asString().contains("Host: " + name).doesNotContain("127.0.0.1");
    }

    @Test
    void whereAServerSendsItOnToItDoesNotGo() throws IOException {
        server = new FeedServer((connection, number) -> connection.send("{\"a\":1}"));
        HttpServer redirecting = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        redirecting.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Location", server.url().replaceFirst("ws", exchange.getRequestURI().getQuery()));
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        redirecting.start();
        try {
            for (String scheme : List.of("ws", "http")) {
                source = source(settings(FeedFormat.JSON,
                        "ws://127.0.0.1:" + redirecting.getAddress().getPort() + "/feed?" + scheme, 3, PATIENT));
                source.available(0, 10, Instant.EPOCH);
                await().until(() -> source.isExhausted());
                assertThat(source.status().warning()).contains("302");
                source.close();
            }
            assertThat(server.handshakes).isEmpty();
        } finally {
            redirecting.stop(0);
        }
    }

    private static FeedSource source(FeedSettings settings) {
        return new FeedSource(settings, CLIENT, HERE, Optional.empty());
    }

    private FeedStatus status() {
        FeedStatus status = source.status().feed();
        assertThat(status).isNotNull();
        return status;
    }

    /** As a stream takes them. */
    private List<String> take(int records) {
        List<String> taken = new ArrayList<>();
        await().pollInterval(Duration.ofMillis(2)).atMost(Duration.ofSeconds(30)).until(() -> {
            int there = source.available(position, records - taken.size(), Instant.EPOCH);
            if (there > 0) {
                WrittenEvents events = ((RecordBatch.Written) source.next(position, there, null)).events();
                for (int i = 0; i < events.size(); i++) {
                    taken.add(new String(events.bytes(), events.start(i), events.end(i) - events.start(i),
                            StandardCharsets.UTF_8));
                }
                position += there;
            }
            return taken.size() == records;
        });
        return taken;
    }
}
