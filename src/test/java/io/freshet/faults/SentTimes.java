package io.freshet.faults;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Follows a stream, and notes of each record how long it was on its way since the microsecond that its field {@code sent} says.
 */
final class SentTimes implements WebSocket.Listener, AutoCloseable {

    private static final Pattern SENT = Pattern.compile("\"sent\":(\\d+)");

    private final StringBuilder text = new StringBuilder();
    private final List<Long> micros = new ArrayList<>();
    private final WebSocket socket;

    private SentTimes(int port, String stream) {
        socket = HttpClient.newHttpClient().newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/streams/" + stream), this).join();
    }

    static SentTimes follow(int port, String stream) {
        return new SentTimes(port, stream);
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            Instant now = Instant.now();
            long then = now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
            Matcher sent = SENT.matcher(text);
            synchronized (micros) {
                while (sent.find()) {
                    micros.add(then - Long.parseLong(sent.group(1)));
                }
            }
            text.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    /** Forgets what came so far. */
    void clear() {
        synchronized (micros) {
            micros.clear();
        }
    }

    /** All that came since, the shortest first. */
    long[] sorted() {
        synchronized (micros) {
            return micros.stream().mapToLong(Long::longValue).sorted().toArray();
        }
    }

    @Override
    public void close() {
        socket.abort();
    }
}
