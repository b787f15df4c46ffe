package io.freshet.api;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.freshet.security.SocketCloses;
import io.quarkus.websockets.next.OpenConnections;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Multi;

/** How many sockets of any kind may be open at a time. */
@ApplicationScoped
public class SocketLimit {

    private final OpenConnections connections;
    private final ApiConfig config;

    public SocketLimit(OpenConnections connections, ApiConfig config) {
        this.connections = connections;
        this.config = config;
    }

    /** What a connection that has just been opened is told before it is closed; empty if it may stay. */
    Optional<Multi<String>> refusal(WebSocketConnection connection) {
        if (connections.stream().count() <= config.maxConnections()) {
            return Optional.empty();
        }
        String reason = "there are " + config.maxConnections() + " connections already; try again later";
        return Optional.of(Multi.createFrom().item(Generation.error(reason)).onCompletion()
                .call(() -> connection.close(SocketCloses.tryAgainLater(reason))));
    }
}
