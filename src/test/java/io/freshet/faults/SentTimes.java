package io.freshet.faults;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Takes records as they come, and notes of each how long it was on its way since the microsecond that its field {@code sent}
 * says.
 */
final class SentTimes implements AutoCloseable {

    private static final Pattern SENT = Pattern.compile("\"sent\":(\\d+)");

    private final List<Long> micros = new ArrayList<>();
    private Runnable end = () -> {
    };
    private volatile boolean closed;

    private SentTimes() {
    }

    /** By the socket of a stream. */
    static SentTimes follow(int port, String stream) {
        SentTimes times = new SentTimes();
        WebSocket socket = HttpClient.newHttpClient().newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/streams/" + stream), times.new Listener()).join();
        times.end = socket::abort;
        return times;
    }

    /** By a consumer of a topic, of what comes from now on. */
    static SentTimes read(String servers, String topic) {
        SentTimes times = new SentTimes();
        Thread thread = new Thread(() -> {
            try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                    Map.of("bootstrap.servers", servers, "group.id", "sent-times", "auto.offset.reset", "latest"),
                    new StringDeserializer(), new StringDeserializer())) {
                consumer.subscribe(List.of(topic));
                while (!times.closed) {
                    consumer.poll(Duration.ofMillis(100)).forEach(message -> times.note(message.value()));
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
        return times;
    }

    private void note(CharSequence records) {
        Instant now = Instant.now();
        long then = now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
        Matcher sent = SENT.matcher(records);
        synchronized (micros) {
            while (sent.find()) {
                micros.add(then - Long.parseLong(sent.group(1)));
            }
        }
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                note(text);
                text.setLength(0);
            }
            webSocket.request(1);
            return null;
        }
    }

    /** Forgets what came so far. */
    void clear() {
        synchronized (micros) {
            micros.clear();
        }
    }

    /** How long the records were on their way that came since. */
    void print(String title) {
        long[] sorted;
        synchronized (micros) {
            sorted = micros.stream().mapToLong(Long::longValue).sorted().toArray();
        }
        System.out.printf("%s: p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms of %d%n", title, sorted[sorted.length / 2] / 1e3,
                sorted[sorted.length * 99 / 100] / 1e3, sorted[(int) (sorted.length * 999L / 1000)] / 1e3, sorted.length);
    }

    @Override
    public void close() {
        closed = true;
        end.run();
    }
}
