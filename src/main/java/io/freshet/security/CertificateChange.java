package io.freshet.security;

import java.util.concurrent.TimeUnit;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.netty.util.concurrent.EventExecutor;
import io.quarkus.tls.CertificateUpdatedEvent;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;

/**
 * Stops accepting connections while the server prepares its new certificate. The server would drop connections that arrive at
 * that moment; instead they wait in the accept queue of the operating system.
 */
@ApplicationScoped
public class CertificateChange {

    private static final Logger LOG = Logger.getLogger(CertificateChange.class);
    /** The priorities of the two observers, between which the server's own observer runs. */
    private static final int BEFORE = 1;
    private static final int AFTER = 1_000_000;
    private static final int PATIENCE_SECONDS = 2;

    private final Vertx vertx;

    public CertificateChange(Vertx vertx) {
        this.vertx = vertx;
    }

    void begins(@Observes @Priority(BEFORE) CertificateUpdatedEvent event) throws InterruptedException {
        SlowHeaderGuard.letIn(false);
        // connections that are being accepted are completed first: accepted, registered, initialised
        for (int i = 0; i < 3; i++) {
            for (EventExecutor loop : ((VertxInternal) vertx).getAcceptorEventLoopGroup()) {
                await(loop);
            }
            for (EventExecutor loop : ((VertxInternal) vertx).getEventLoopGroup()) {
                await(loop);
            }
        }
    }

    private static void await(EventExecutor loop) throws InterruptedException {
        if (!loop.submit(() -> LOG.trace("The event loop has no pending connections")).await(PATIENCE_SECONDS,
                TimeUnit.SECONDS)) {
            LOG.debug("An event loop did not become idle before the certificate change");
        }
    }

    void ended(@Observes @Priority(AFTER) CertificateUpdatedEvent event) {
        SlowHeaderGuard.letIn(true);
        LOG.infof("New connections use a new certificate: name=%s", event.name());
    }
}
