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
 * Lets nobody in while the server makes its new certificate ready. It drops who comes in that moment, so they wait at the door:
 * in the queue of the operating system.
 */
@ApplicationScoped
public class CertificateChange {

    private static final Logger LOG = Logger.getLogger(CertificateChange.class);
    /** That of the server's own observer lies between. */
    private static final int BEFORE = 1;
    private static final int AFTER = 1_000_000;
    private static final int PATIENCE_SECONDS = 2;

    private final Vertx vertx;

    public CertificateChange(Vertx vertx) {
        this.vertx = vertx;
    }

    void begins(@Observes @Priority(BEFORE) CertificateUpdatedEvent event) throws InterruptedException {
        OpenChannels.letIn(false);
        // who is on the way in gets in first: accepted, registered, initialised
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
        if (!loop.submit(() -> LOG.trace("Nothing is on its way here")).await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            LOG.debug("An event loop is busy");
        }
    }

    void ended(@Observes @Priority(AFTER) CertificateUpdatedEvent event) {
        OpenChannels.letIn(true);
        LOG.infof("Connections get a new certificate from now on: name=%s", event.name());
    }
}
