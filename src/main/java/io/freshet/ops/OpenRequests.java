package io.freshet.ops;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/**
 * Counts the HTTP requests that are being answered, so that shutdown can wait for them. Sockets do not count: they may stay
 * open for ever, and their clients connect again elsewhere.
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

    /** Waits until no request is being answered; whether that is so. */
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
