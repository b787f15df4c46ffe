package io.freshet.sink;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Posts JSON to an address, and to no other to which it is sent on, one after the other, in order: again with growing waits
 * when it is not taken, until it is or has
 * been
 * tried often enough. What waits is bounded: the oldest goes when there is too much. Thread-safe.
 */
public final class Webhook implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Webhook.class);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int REDIRECTION = 300;
    private static final int SERVER_ERROR = 500;
    private static final int TOO_MANY = 429;

    /**
     * Where, and how patiently.
     *
     * @param headers may be secret
     * @param attempts for each message
     * @param retryDelay before the second attempt; each further one twice as long
     * @param most so many messages may wait
     */
    public record Settings(URI url, Map<String, String> headers, int attempts, Duration retryDelay, int most) {
        public Settings {
            headers = Map.copyOf(headers);
        }

        @Override
        public String toString() {
            return "webhook at " + url.getHost();
        }
    }

    private final Settings settings;
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER)
            .followRedirects(HttpClient.Redirect.NEVER).build();
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "webhook");
        thread.setDaemon(true);
        return thread;
    });
    private final Deque<String> waiting = new ArrayDeque<>();
    private boolean busy;
    private long sent;
    private long dropped;

    public Webhook(Settings settings) {
        this.settings = settings;
    }

    /** Posts a message soon. */
    public synchronized void post(String json) {
        waiting.addLast(json);
        if (waiting.size() > settings.most()) {
            waiting.removeFirst();
            dropped++;
            LOG.warnf("A message for a webhook was dropped, for too many wait: host=%s", settings.url().getHost());
        }
        if (!busy) {
            busy = true;
            begin(0, () -> attempt(1));
        }
    }

    private void begin(long millis, Runnable work) {
        try {
            executor.schedule(work, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debugf("A webhook was closed: host=%s", settings.url().getHost());
        }
    }

    private void attempt(int number) {
        String message = first();
        if (message == null) {
            return;
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(settings.url()).timeout(ANSWER)
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(message));
        settings.headers().forEach(request::setHeader);
        client.sendAsync(request.build(), HttpResponse.BodyHandlers.discarding())
                .whenComplete((answer, thrown) -> answered(message, number, answer == null ? 0 : answer.statusCode()));
    }

    private synchronized @Nullable String first() {
        busy = !waiting.isEmpty();
        return waiting.peekFirst();
    }

    /** @param status 0 for no answer */
    private void answered(String message, int number, int status) {
        boolean taken = status >= OK && status < REDIRECTION;
        boolean refused = status >= REDIRECTION && status < SERVER_ERROR && status != TOO_MANY;
        if (!taken && !refused && number < settings.attempts()) {
            begin(settings.retryDelay().toMillis() << Math.min(number - 1, 20), () -> attempt(number + 1));
            return;
        }
        synchronized (this) {
            // it may have been dropped meanwhile
            waiting.removeFirstOccurrence(message);
            sent += taken ? 1 : 0;
            dropped += taken ? 0 : 1;
        }
        if (!taken) {
            LOG.warnf("A webhook did not take a message: host=%s status=%d attempts=%d", settings.url().getHost(), status,
                    number);
        }
        begin(0, () -> attempt(1));
    }

    /** How many messages were taken. */
    public synchronized long sent() {
        return sent;
    }

    /** How many were given up. */
    public synchronized long dropped() {
        return dropped;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
