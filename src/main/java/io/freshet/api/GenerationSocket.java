package io.freshet.api;

import org.jboss.logging.Logger;

import io.quarkus.websockets.next.CloseReason;
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

/** Records on demand, at the root of the server. */
@WebSocket(path = "/", inboundProcessingMode = InboundProcessingMode.CONCURRENT)
public class GenerationSocket {

    private static final Logger LOG = Logger.getLogger(GenerationSocket.class);
    private static final int MESSAGE_TOO_BIG = 1009;

    private final Generation generation;
    private final SocketLimit limit;

    public GenerationSocket(Generation generation, SocketLimit limit) {
        this.generation = generation;
        this.limit = limit;
    }

    @OnOpen
    Multi<String> open(WebSocketConnection connection) {
        return limit.refusal(connection).orElseGet(() -> Multi.createFrom().empty());
    }

    @OnTextMessage
    Uni<Void> message(String message, WebSocketConnection connection) {
        return SocketTurns.take(connection, message, generation::answer);
    }

    @OnBinaryMessage
    Uni<Void> binary(Buffer message, WebSocketConnection connection) {
        return SocketTurns.take(connection, "",
                any -> Multi.createFrom().item(Generation.error("messages must be text, not binary")));
    }

    /** What the server says of a message in many frames that grew too long; the rest of it would look like another message. */
    @OnError
    Uni<Void> tooLong(WebSocketConnection connection, IllegalStateException e) {
        LOG.debugf("A socket is closed: %s", e.getMessage());
        return connection.close(new CloseReason(MESSAGE_TOO_BIG, "the message is too long")).onFailure().recoverWithNull();
    }

    /** The client has gone while it was written to: nothing is sent, because that would fail in turn, without end. */
    @OnError
    void error(Throwable e) {
        LOG.debugf("A socket failed: %s", e.getMessage());
    }
}
