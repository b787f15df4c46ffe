package io.freshet.api;

import java.util.List;

import org.jboss.logging.Logger;

import io.quarkus.websockets.next.InboundProcessingMode;
import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;

/** Sends generated records on request, at the root path. */
@WebSocket(path = "/", inboundProcessingMode = InboundProcessingMode.CONCURRENT)
public class GenerationSocket {

    private static final Logger LOG = Logger.getLogger(GenerationSocket.class);

    private final Generation generation;
    private final SocketLimit limit;

    public GenerationSocket(Generation generation, SocketLimit limit) {
        this.generation = generation;
        this.limit = limit;
    }

    @OnOpen
    Multi<String> open(WebSocketConnection connection) {
        return limit.refusal(connection).or(() -> SocketQuery.refusal(connection, List.of()))
                .orElseGet(() -> Multi.createFrom().empty());
    }

    @OnTextMessage
    Uni<Void> message(String message, WebSocketConnection connection) {
        return RequestQueue.take(connection, message, generation::answer);
    }

    @OnBinaryMessage
    Uni<Void> binary(Buffer message, WebSocketConnection connection) {
        return RequestQueue.take(connection, "",
                any -> Multi.createFrom().item(Generation.error("messages must be text, not binary")));
    }

    /**
     * Handles the failure of a write, which means that the client has disconnected. Sends nothing, because that would fail
     * again, endlessly.
     */
    @OnError
    void error(Throwable e) {
        LOG.debugf("A socket failed: %s", e.getMessage());
    }
}
