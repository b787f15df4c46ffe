package io.freshet.api;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;

import org.jboss.logging.Logger;

import io.freshet.security.ApiKeys;
import io.freshet.security.Caller;
import io.freshet.security.SocketCloses;
import io.quarkus.websockets.next.Closed;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.quarkus.websockets.next.Open;
import io.quarkus.websockets.next.UserData;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/** Closes sockets when the token with which they were opened expires, or their key is removed. */
@ApplicationScoped
public class SocketExpiry implements HttpUpgradeCheck {

    private static final Logger LOG = Logger.getLogger(SocketExpiry.class);

    private static final UserData.TypedKey<Caller> CALLER = new UserData.TypedKey<>("freshet.caller");

    private final Vertx vertx;
    private final ApiKeys keys;
    private final Map<String, Long> timers = new ConcurrentHashMap<>();
    private final Map<WebSocketConnection, String> ofKeys = new ConcurrentHashMap<>();

    public SocketExpiry(Vertx vertx, ApiKeys keys) {
        this.vertx = vertx;
        this.keys = keys;
    }

    /** Keeps the caller of a handshake, because the event of the opened socket does not say who the caller is. */
    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext context) {
        return context.securityIdentity().map(identity -> {
            Caller.of(identity).ifPresent(caller -> context.userData().put(CALLER, caller));
            return CheckResult.permitUpgradeSync();
        });
    }

    void opened(@ObservesAsync @Open WebSocketConnection connection) {
        Caller caller = connection.userData().get(CALLER);
        if (caller != null) {
            caller.until().ifPresent(until -> endAt(connection, until));
            caller.keyHash().ifPresent(key -> {
                ofKeys.put(connection, key);
                look(connection, key);
            });
        }
    }

    /** A token may already have expired, because the clocks of its issuer and of this machine may differ by a minute. */
    private void endAt(WebSocketConnection connection, Instant until) {
        long millis = Math.max(1, until.toEpochMilli() - System.currentTimeMillis());
        timers.put(connection.id(), vertx.setTimer(millis, timer -> end(connection, "the token has expired")));
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
