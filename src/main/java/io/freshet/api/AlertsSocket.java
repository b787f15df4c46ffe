package io.freshet.api;

import java.util.List;

import org.jboss.logging.Logger;

import io.freshet.stream.alert.Alerts;
import io.quarkus.websockets.next.InboundProcessingMode;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Sends alert events; each message is one event. */
@WebSocket(path = "/alerts", inboundProcessingMode = InboundProcessingMode.CONCURRENT)
public class AlertsSocket {

    private static final Logger LOG = Logger.getLogger(AlertsSocket.class);

    private final Alerts alerts;
    private final SocketLimit limit;

    public AlertsSocket(Alerts alerts, SocketLimit limit) {
        this.alerts = alerts;
        this.limit = limit;
    }

    @OnOpen
    Multi<String> open(WebSocketConnection connection) {
        return limit.refusal(connection).or(() -> SocketQuery.refusal(connection, List.of()))
                .orElseGet(() -> ConnectionContext.emitOn(alerts.follow()));
    }

    /** Handles the failure of a write, which means that the client has disconnected. */
    @OnError
    void error(Throwable e) {
        LOG.debugf("A socket for alerts failed: %s", e.getMessage());
    }

    @OnTextMessage
    Uni<Void> message(String message, WebSocketConnection connection) {
        return RequestQueue.take(connection, message, any -> Multi.createFrom()
                .item(Generation.error("this socket accepts no messages; it only sends alert events")));
    }
}
