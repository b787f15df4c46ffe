package io.freshet.api;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;

import org.jboss.logging.Logger;

import io.freshet.security.ApiKeys;
import io.freshet.security.SecurityFilter;
import io.freshet.security.SocketCloses;
import io.quarkus.websockets.next.Closed;
import io.quarkus.websockets.next.Open;
import io.quarkus.websockets.next.WebSocketConnection;
import io.vertx.core.Vertx;

/** Closes sockets when the token with which they were opened expires, or their key is removed. */
@ApplicationScoped
public class SocketExpiry {

    private static final Logger LOG = Logger.getLogger(SocketExpiry.class);

    private final Vertx vertx;
    private final ApiKeys keys;
    private final Map<String, Long> timers = new ConcurrentHashMap<>();
    private final Map<WebSocketConnection, String> ofKeys = new ConcurrentHashMap<>();

    public SocketExpiry(Vertx vertx, ApiKeys keys) {
        this.vertx = vertx;
        this.keys = keys;
    }

    void opened(@ObservesAsync @Open WebSocketConnection connection) {
        String ends = connection.handshakeRequest().header(SecurityFilter.TOKEN_ENDS);
        if (ends != null) {
            long millis = Math.max(1, Long.parseLong(ends) - System.currentTimeMillis());
            timers.put(connection.id(), vertx.setTimer(millis, timer -> end(connection, "the token has expired")));
        }
        String key = connection.handshakeRequest().header(SecurityFilter.KEY_HASH);
        if (key != null) {
            ofKeys.put(connection, key);
            look(connection, key);
        }
    }

    void keysChanged(@Observes ApiKeys.Changed changed) {
        ofKeys.forEach(this::look);
    }

    private void look(WebSocketConnection connection, String key) {
        if (!keys.isKnown(key)) {
            end(connection, "the key is no longer valid");
        }
    }

    private void end(WebSocketConnection connection, String reason) {
        timers.remove(connection.id());
        ofKeys.remove(connection);
        if (connection.isOpen()) {
            connection.close(SocketCloses.notAllowed(reason)).subscribe().with(
                    done -> LOG.debugf("Socket closed: %s", reason),
                    thrown -> LOG.debugf("Socket could not be closed: %s", thrown.getMessage()));
        }
    }

    void closed(@ObservesAsync @Closed WebSocketConnection connection) {
        ofKeys.remove(connection);
        Long timer = timers.remove(connection.id());
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
    }
}
