package io.freshet.ops;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/**
 * Counts the HTTP requests that are being served, so that shutdown can wait for them. WebSockets do not count: they may
 * stay open indefinitely, and their clients reconnect to another instance.
 */
@ApplicationScoped
public class OpenRequests {

    private static final int BEFORE_ALL_OTHERS = 10_000;

    private int open;

    void register(@Observes Filters filters) {
        filters.register(this::count, BEFORE_ALL_OTHERS);
    }

    private void count(RoutingContext context) {
        if (!context.request().headers().contains(HttpHeaders.UPGRADE)) {
            change(1);
            context.addEndHandler(ended -> change(-1));
        }
        context.next();
    }

    private synchronized void change(int by) {
        open += by;
        if (open == 0) {
            notifyAll();
        }
    }

    /**
     * Waits until no request is being served.
     *
     * @param patience how long to wait at most
     * @return false if requests were still open at the end
     */
    synchronized boolean awaitNone(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            while (open > 0) {
                long millis = (end - System.nanoTime()) / 1_000_000;
                if (millis <= 0) {
                    return false;
                }
                wait(millis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return true;
    }
}
