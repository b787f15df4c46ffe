package io.freshet.api;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;

import org.jboss.logging.Logger;

import io.freshet.security.Gate;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.Closed;
import io.quarkus.websockets.next.Open;
import io.quarkus.websockets.next.WebSocketConnection;
import io.vertx.core.Vertx;

/** Closes sockets when the token expires that they were opened with. */
@ApplicationScoped
public class SocketExpiry {

    private static final Logger LOG = Logger.getLogger(SocketExpiry.class);
    /** Policy violation (RFC 6455). */
    private static final int NO_LONGER_ALLOWED = 1008;

    private final Vertx vertx;
    private final Map<String, Long> timers = new ConcurrentHashMap<>();

    public SocketExpiry(Vertx vertx) {
        this.vertx = vertx;
    }

    void opened(@ObservesAsync @Open WebSocketConnection connection) {
        String ends = connection.handshakeRequest().header(Gate.TOKEN_ENDS);
        if (ends != null) {
            long millis = Math.max(1, Long.parseLong(ends) - System.currentTimeMillis());
            timers.put(connection.id(), vertx.setTimer(millis, timer -> end(connection)));
        }
    }

    private void end(WebSocketConnection connection) {
        timers.remove(connection.id());
        if (connection.isOpen()) {
            connection.close(new CloseReason(NO_LONGER_ALLOWED, "the token has expired")).subscribe().with(
                    done -> LOG.debug("A socket has ended with its token"),
                    thrown -> LOG.debugf("A socket could not be closed: %s", thrown.getMessage()));
        }
    }

    void closed(@ObservesAsync @Closed WebSocketConnection connection) {
        Long timer = timers.remove(connection.id());
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
    }
}
