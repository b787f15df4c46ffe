package io.freshet.stream.alert;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.freshet.thread.ThreadKind;
import io.freshet.thread.Threads;

/**
 * Posts JSON messages to an address, one after the other in order, without following redirects. A failed attempt is retried
 * with growing delays until the message is accepted, permanently rejected, or the attempts are exhausted. The number of waiting
 * messages is limited: if there are too many, the oldest is dropped. Thread-safe.
 */
public final class Webhook implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Webhook.class);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int REDIRECTION = 300;
    private static final int SERVER_ERROR = 500;
    private static final int TOO_MANY = 429;

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
        }

        @Override
        public String toString() {
            return "webhook at " + url.getHost();
        }
    }

    private final Settings settings;
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER)
            .followRedirects(HttpClient.Redirect.NEVER).build();
    private final ScheduledExecutorService executor = Threads.scheduled(ThreadKind.WEBHOOK);
    private final Deque<String> waiting = new ArrayDeque<>();
    private boolean busy;
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
        if (!busy) {
            busy = true;
            begin(0, () -> attempt(1));
        }
    }

    private void begin(long millis, Runnable work) {
        try {
            executor.schedule(work, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debugf("The webhook is closed: host=%s", settings.url().getHost());
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

    /** @param status the HTTP status; 0 if there was no answer */
    private void answered(String message, int number, int status) {
        boolean taken = status >= OK && status < REDIRECTION;
        boolean refused = status >= REDIRECTION && status < SERVER_ERROR && status != TOO_MANY;
        if (!taken && !refused && number < settings.attempts()) {
            begin(settings.retryDelay().toMillis() << Math.min(number - 1, 20), () -> attempt(number + 1));
            return;
        }
        synchronized (this) {
            // the message may have been dropped in the meantime
            waiting.removeFirstOccurrence(message);
            sent += taken ? 1 : 0;
            dropped += taken ? 0 : 1;
        }
        if (!taken) {
            LOG.warnf("A webhook message was not accepted: host=%s status=%d attempts=%d", settings.url().getHost(), status,
                    number);
        }
        begin(0, () -> attempt(1));
    }

    /** Returns the number of accepted messages. */
    public synchronized long sent() {
        return sent;
    }

    /** Returns the number of dropped messages. */
    public synchronized long dropped() {
        return dropped;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
