package io.freshet.api;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.freshet.security.SocketCloses;
import io.quarkus.websockets.next.OpenConnections;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Multi;

/** Limits how many sockets of any kind are open at a time. */
@ApplicationScoped
public class SocketLimit {

    private final OpenConnections connections;
    private final ApiConfig config;

    public SocketLimit(OpenConnections connections, ApiConfig config) {
        this.connections = connections;
        this.config = config;
    }

    /** Returns the message for a connection that exceeds the limit, which is closed afterwards; empty if it may stay open. */
    Optional<Multi<String>> refusal(WebSocketConnection connection) {
        if (connections.stream().count() <= config.maxConnections()) {
            return Optional.empty();
        }
        String reason = "the limit of " + config.maxConnections() + " connections is reached; try again later";
        return Optional.of(Multi.createFrom().item(Generation.error(reason)).onCompletion()
                .call(() -> connection.close(SocketCloses.tryAgainLater(reason))));
    }
}
