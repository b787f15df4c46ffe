package io.freshet.api;

import java.util.concurrent.Executor;

import io.smallrye.mutiny.Multi;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** The Vert.x context of a WebSocket connection. */
final class ConnectionContext {

    private ConnectionContext() {
    }

    /**
     * Moves messages to the context of the connection, where the failure of a write can be handled: clients may leave at any
     * time, and messages come from threads that have no context. Must be called on the connection's own thread.
     */
    static Multi<String> emitOn(Multi<String> messages) {
        Context context = Vertx.currentContext();
        Executor executor = command -> context.runOnContext(nothing -> command.run());
        // one message is prefetched, so that a slow client falls behind in the queue of its strategy
        return messages.emitOn(executor, 1);
    }
}
