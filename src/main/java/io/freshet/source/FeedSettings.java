package io.freshet.source;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A WebSocket server whose messages are records.
 *
 * @param headers of the handshake; may be secret
 * @param subscribe what is sent when a connection is open; empty for nothing
 * @param resume what is sent after that, once records have been seen; empty for nothing
 * @param mostMessageBytes larger messages are counted and thrown away
 * @param mostBuffered so many records wait for the stream; then no more are read
 */
public record FeedSettings(URI url, Map<String, String> headers, FeedFormat format, Optional<String> subscribe,
        Optional<FeedResume> resume, int mostMessageBytes, int mostBuffered, Batching batching, Connecting connecting) {

    /**
     * @param records so many travel together
     * @param longestWait unless one of them has waited for so long
     */
    public record Batching(int records, Duration longestWait) {
    }

    /**
     * @param heartbeat how often the server is pinged; one that is silent for two and a half times as long is given up
     * @param first how long it is waited before the first attempt to connect again; each further one twice as long
     * @param longest the longest such wait
     * @param attempts after so many in a row that brought no message, no more are made; 0 for no such limit
     */
    public record Connecting(Duration heartbeat, Duration first, Duration longest, int attempts) {

        /** How long to wait after so many failures in a row, at least one. */
        Duration after(int failures) {
            long millis = first.toMillis() << Math.min(failures - 1, 20);
            return Duration.ofMillis(Math.min(longest.toMillis(), millis));
        }
    }

    public FeedSettings {
        headers = Map.copyOf(headers);
    }

    /** No headers: they may be secret. */
    @Override
    public String toString() {
        return "feed of " + url.getHost();
    }
}
