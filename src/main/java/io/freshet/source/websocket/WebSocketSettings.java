package io.freshet.source.websocket;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import io.freshet.retry.Backoff;

/**
 * The settings of a WebSocket server whose messages are records.
 *
 * @param headers the headers of the handshake; may be secret
 * @param subscribe sent when a connection has opened; empty for nothing
 * @param resume sent after that, once records have been received; empty for nothing
 * @param mostMessageBytes larger messages are counted and discarded
 * @param mostBuffered the number of buffered records at which reading is suspended
 */
public record WebSocketSettings(URI url, Map<String, String> headers, WebSocketFormat format, Optional<String> subscribe,
        Optional<WebSocketResume> resume, int mostMessageBytes, int mostBuffered, Batching batching, Connecting connecting) {

    /**
     * @param records how many records travel together
     * @param longestWait the maximum time for which a record waits for others
     */
    public record Batching(int records, Duration longestWait) {
    }

    /**
     * @param heartbeat how often the server is pinged; a server that is silent for two and a half times as long is considered
     *        gone
     * @param backoff the delays before attempts to reconnect
     * @param attempts the maximum number of consecutive attempts that bring no message; 0 for no limit
     * @param handshake how long connecting may take
     * @param messageTimeout a connection without a message for this long is closed; zero for never
     */
    public record Connecting(Duration heartbeat, Backoff backoff, int attempts, Duration handshake, Duration messageTimeout) {

        /** How long connecting may take by default. */
        public static final Duration DEFAULT_HANDSHAKE = Duration.ofSeconds(10);

        public Connecting(Duration heartbeat, Backoff backoff, int attempts) {
            this(heartbeat, backoff, attempts, DEFAULT_HANDSHAKE, Duration.ZERO);
        }
    }

    public WebSocketSettings {
        headers = Map.copyOf(headers);
    }

    /** Omits the headers, because they may be secret. */
    @Override
    public String toString() {
        return "feed of " + url.getHost();
    }
}
