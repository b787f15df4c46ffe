package io.freshet.stream.alert;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.ws.rs.WebApplicationException;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.freshet.security.OutboundClients;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.Cancellable;

/**
 * Posts JSON messages to an address, one after the other in order, without following redirects. A failed attempt is retried
 * with growing delays until the message is accepted, permanently rejected, or the attempts are exhausted. The number of waiting
 * messages is limited: if there are too many, the oldest is dropped. Thread-safe.
 */
public final class Webhook implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Webhook.class);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration MIN_DELAY = Duration.ofMillis(1);
    private static final int SERVER_ERROR = 500;
    private static final int TOO_MANY = 429;
    private static final int NO_ANSWER = 0;

    /**
     * The settings of a webhook.
     *
     * @param headers the headers of each request, which may contain secrets
     * @param attempts the maximum number of attempts for each message
     * @param retryDelay the delay before the second attempt, which doubles with each further one
     * @param most the maximum number of waiting messages
     */
    public record Settings(URI url, Map<String, String> headers, int attempts, Duration retryDelay, int most) {
        public Settings {
            headers = Map.copyOf(headers);
            // Mutiny accepts no delay of zero
            retryDelay = retryDelay.isZero() ? MIN_DELAY : retryDelay;
        }

        @Override
        public String toString() {
            return "webhook at " + url.getHost();
        }
    }

    private final Settings settings;
    private final Deque<String> waiting = new ArrayDeque<>();
    private @Nullable WebhookApi api;
    private @Nullable Cancellable posting;
    private boolean closed;
    private long sent;
    private long dropped;

    public Webhook(Settings settings) {
        this.settings = settings;
    }

    /** Queues a message to be posted. */
    public synchronized void post(String json) {
        waiting.addLast(json);
        if (waiting.size() > settings.most()) {
            waiting.removeFirst();
            dropped++;
            LOG.warnf("A webhook message was dropped because too many were waiting: host=%s", settings.url().getHost());
        }
        if (posting == null) {
            postNext();
        }
    }

    private synchronized void postNext() {
        String message = closed ? null : waiting.pollFirst();
        if (message == null) {
            posting = null;
            return;
        }
        AtomicInteger attempts = new AtomicInteger();
        // the callbacks wait for this method to end, because they run on another thread and need the same lock
        posting = attempt(message, attempts).runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .subscribe().with(answered -> accepted(), thrown -> failed(thrown, attempts.get()));
    }

    private Uni<Void> attempt(String message, AtomicInteger attempts) {
        return Uni.createFrom().deferred(() -> {
            attempts.incrementAndGet();
            return api().post(message);
        }).onFailure().retry().withBackOff(settings.retryDelay()).withJitter(0)
                .until(thrown -> attempts.get() < settings.attempts() && isWorthRepeating(status(thrown)));
    }

    private synchronized WebhookApi api() {
        WebhookApi open = api;
        if (open == null) {
            open = OutboundClients.create(WebhookApi.class, settings.url(), ANSWER, settings.headers());
            api = open;
        }
        return open;
    }

    private static int status(Throwable thrown) {
        return thrown instanceof WebApplicationException answered ? answered.getResponse().getStatus() : NO_ANSWER;
    }

    private static boolean isWorthRepeating(int status) {
        return status == NO_ANSWER || status == TOO_MANY || status >= SERVER_ERROR;
    }

    private synchronized void accepted() {
        sent++;
        postNext();
    }

    private synchronized void failed(Throwable thrown, int attempts) {
        dropped++;
        LOG.warnf("A webhook message was not accepted: host=%s status=%d attempts=%d", settings.url().getHost(),
                status(thrown), attempts);
        postNext();
    }

    /** Returns the number of accepted messages. */
    public synchronized long sent() {
        return sent;
    }

    /** Returns the number of dropped messages. */
    public synchronized long dropped() {
        return dropped;
    }

    /** Drops the waiting messages. */
    @Override
    public synchronized void close() {
        closed = true;
        if (posting != null) {
            posting.cancel();
        }
        if (api != null) {
            api.close();
        }
    }
}
