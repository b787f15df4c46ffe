package io.freshet.source.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import org.junit.jupiter.api.AfterEach;

import io.freshet.codec.RecordBatch;
import io.freshet.event.JsonEventBuffer;
import io.freshet.memory.MemoryBudget;
import io.freshet.retry.Backoff;
import io.freshet.security.Destination;
import io.freshet.source.WebSocketStatus;

/** A source of a real WebSocket server, and the records that it provides. */
abstract class WebSocketSourceFixture {

    static final HttpClient CLIENT = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    static final Duration HASTY = Duration.ofMillis(100);
    static final Duration PATIENT = Duration.ofSeconds(10);

    WebSocketServer server;
    static final WebSocketSource.Refusals NOBODY = (number, bytes, reason) -> {
    };
    static final Function<URI, Destination> HERE = url -> new Destination(url, Optional.empty());

    WebSocketSource source;
    long position;

    @AfterEach
    void end() throws IOException {
        if (source != null) {
            source.close();
        }
        if (server != null) {
            server.close();
        }
    }

    static WebSocketSettings settings(WebSocketFormat format, String url, int attempts, Duration heartbeat) {
        return new WebSocketSettings(URI.create(url), Map.of("Authorization", "Bearer secret"), format,
                Optional.of("subscribe"),
                Optional.of(WebSocketResume.of("since ${id}")), 1 << 20, 200,
                new WebSocketSettings.Batching(100, Duration.ofMillis(20)), new WebSocketSettings.Connecting(heartbeat,
                        new Backoff(Duration.ofMillis(20), Duration.ofMillis(100)), attempts));
    }

    static WebSocketSource source(WebSocketSettings settings) {
        return new WebSocketSource(settings, CLIENT, HERE, NOBODY, Optional.empty(), MemoryBudget.unlimited());
    }

    WebSocketStatus status() {
        WebSocketStatus status = source.status().feed();
        assertThat(status).isNotNull();
        return status;
    }

    /** Takes records as a stream does. */
    List<String> take(int records) {
        List<String> taken = new ArrayList<>();
        await().pollInterval(Duration.ofMillis(2)).atMost(Duration.ofSeconds(30)).until(() -> {
            int there = source.available(position, records - taken.size(), Instant.EPOCH);
            if (there > 0) {
                JsonEventBuffer events = ((RecordBatch.Written) source.next(position, there, null)).events();
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
