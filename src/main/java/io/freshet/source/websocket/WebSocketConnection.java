package io.freshet.source.websocket;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.freshet.security.Destination;
import io.freshet.source.RejectedMessages;
import io.freshet.source.SourceProblem;
import io.freshet.source.WebSocketStatus;
import io.freshet.thread.ThreadKind;
import io.freshet.thread.Threads;

/**
 * Keeps a feed connected: connects, subscribes, detects that the server is gone, and reconnects with growing delays. Received
 * records go into the buffer. Runs on a thread of its own.
 */
final class WebSocketConnection implements WebSocketLink.Receiver, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(WebSocketConnection.class);
    private static final String HOST = "Host";
    private static final double SILENT_HEARTBEATS = 2.5;

    private final WebSocketSettings settings;
    private final HttpClient client;
    private final Function<URI, Destination> check;
    private final WebSocketBuffer buffer;
    private final WebSocketMessages messages;
    private final ScheduledExecutorService executor = Threads.scheduled(ThreadKind.FEED);
    private final AtomicLong connected = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final AtomicLong whole = new AtomicLong();
    private final AtomicLong records = new AtomicLong();
    private final RejectedMessages garbage = new RejectedMessages();
    private final WebSocketSource.Refusals refusals;
    private final AtomicLong tooLarge = new AtomicLong();
    private volatile String state = "connecting";
    private volatile @Nullable SourceProblem lastLoss;
    private volatile boolean givenUp;
    private volatile @Nullable WebSocketLink current;
    private volatile String mark;
    private volatile int failures;
    private volatile long messageNanos;
    private boolean closed;

    /**
     * @param check returns the address to connect to; throws if connecting is not allowed
     * @param mark the mark of the last record that was processed before; empty for none
     */
    WebSocketConnection(WebSocketSettings settings, HttpClient client, Function<URI, Destination> check, WebSocketBuffer buffer,
            WebSocketSource.Refusals refusals, String mark) {
        this.refusals = refusals;
        this.settings = settings;
        this.client = client;
        this.check = check;
        this.buffer = buffer;
        this.mark = mark;
        this.messages = new WebSocketMessages(settings.format(), settings.resume());
    }

    void start() {
        Duration silence = settings.connecting().messageTimeout();
        long beat = Math.min(settings.connecting().heartbeat().toNanos(),
                silence.isZero() ? Long.MAX_VALUE : silence.toNanos());
        executor.scheduleWithFixedDelay(this::beat, beat, beat, TimeUnit.NANOSECONDS);
        executor.execute(this::connect);
    }

    private void connect() {
        // records that arrive before the request is sent must not change it
        Optional<String> resume = settings.resume().filter(any -> !mark.isEmpty()).map(known -> known.message(mark));
        WebSocketLink link = new WebSocketLink(settings.mostMessageBytes(), buffer, this, this::lost);
        synchronized (this) {
            if (closed) {
                return;
            }
            state = "connecting";
            current = link;
        }
        WebSocket.Builder builder = client.newWebSocketBuilder().connectTimeout(settings.connecting().handshake());
        settings.headers().forEach(builder::header);
        try {
            Destination to = check.apply(settings.url());
            to.host().filter(WebSocketConnection::maySay).ifPresent(host -> builder.header(HOST, host));
            builder.buildAsync(to.address(), link).whenComplete((socket, thrown) -> {
                if (thrown == null) {
                    opened(link, socket, resume);
                } else {
                    lost(link, reason(thrown));
                }
            });
        } catch (RuntimeException e) {
            lost(link, reason(e));
        }
    }

    /**
     * Returns whether the Host header may be set. The JVM rejects it unless it was started with permission, and the connection
     * then uses the address alone.
     */
    private static boolean maySay(String host) {
        try {
            HttpRequest.newBuilder().header(HOST, host);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void opened(WebSocketLink link, WebSocket socket, Optional<String> resume) {
        if (!isWanted(link)) {
            socket.abort();
            return;
        }
        messageNanos = System.nanoTime();
        connected.incrementAndGet();
        LOG.infof("Feed connected: host=%s", settings.url().getHost());
        CompletableFuture<WebSocket> sent = CompletableFuture.completedFuture(socket);
        for (String message : List.of(settings.subscribe(), resume).stream().flatMap(Optional::stream).toList()) {
            sent = sent.thenCompose(open -> open.sendText(message, true));
        }
    }

    /** Returns whether a link that has just opened is still the current one; if so, the feed is connected. */
    private synchronized boolean isWanted(WebSocketLink link) {
        if (link != current) {
            return false;
        }
        state = "connected";
        return true;
    }

    private static String reason(Throwable thrown) {
        Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
        return cause instanceof WebSocketHandshakeException refused ? "HTTP status " + refused.getResponse().statusCode()
                : cause.getClass().getSimpleName() + (cause.getMessage() == null ? "" : ": " + cause.getMessage());
    }

    private void beat() {
        WebSocketLink link = current;
        if (link == null || !state.equals("connected")) {
            return;
        }
        if (link.silentNanos() > settings.connecting().heartbeat().toNanos() * SILENT_HEARTBEATS) {
            lost(link, "no reply to pings");
        } else if (isMessageOverdue()) {
            lost(link, "no message for " + settings.connecting().messageTimeout());
        } else {
            link.ping();
        }
    }

    private boolean isMessageOverdue() {
        Duration longest = settings.connecting().messageTimeout();
        return !longest.isZero() && System.nanoTime() - messageNanos > longest.toNanos();
    }

    private void lost(WebSocketLink link, String reason) {
        int limit = settings.connecting().attempts();
        synchronized (this) {
            if (link != current) {
                return;
            }
            current = null;
            failures++;
            givenUp = limit > 0 && failures >= limit;
            lastLoss = SourceProblem.after(failures > 1 ? lastLoss : null, reason);
            lost.incrementAndGet();
            state = givenUp ? "ended" : "waiting";
        }
        link.abort();
        LOG.warnf("Feed disconnected: host=%s failures=%d reason=%s", settings.url().getHost(), failures, reason);
        if (!givenUp) {
            connectAfter(settings.connecting().backoff().jitteredAfter(failures).toMillis());
        }
    }

    private void connectAfter(long millis) {
        try {
            executor.schedule(this::connect, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debugf("Feed closed while it was disconnected: host=%s", settings.url().getHost());
        }
    }

    @Override
    public void text(String message) {
        add(messages.ofText(message));
    }

    @Override
    public void bytes(byte[] message) {
        add(messages.ofBytes(message));
    }

    private void add(WebSocketMessages.Parsed parsed) {
        long number = whole.incrementAndGet();
        messageNanos = System.nanoTime();
        failures = 0;
        parsed.garbage().forEach(each -> {
            garbage.add("message " + number, each.reason());
            refusals.keep(number, each.bytes(), each.reason());
        });
        List<WebSocketMessages.Item> all = parsed.items();
        if (all.isEmpty()) {
            return;
        }
        all.stream().map(WebSocketMessages.Item::mark).filter(seen -> !seen.isEmpty()).reduce((first, second) -> second)
                .ifPresent(last -> mark = last);
        records.addAndGet(all.size());
        buffer.add(all, System.nanoTime());
    }

    @Override
    public void tooLarge() {
        failures = 0;
        tooLarge.incrementAndGet();
    }

    /** Resumes reading, because the buffer may have room again. */
    void goOn() {
        WebSocketLink link = current;
        if (link != null) {
            link.goOn();
        }
    }

    /** Returns whether no more records will arrive. */
    boolean hasEnded() {
        return state.equals("ended");
    }

    /** Returns why the connection was given up; null if it was not. */
    @Nullable
    String failure() {
        SourceProblem last = lastLoss;
        return !givenUp || last == null ? null
                : "the feed of " + settings.url().getHost() + " was abandoned after " + failures
                        + " consecutive failed connections; last: " + last.reason();
    }

    /** Returns why nothing has arrived since a connection was lost; null if something has. */
    @Nullable
    SourceProblem trouble() {
        return failures > 0 ? lastLoss : null;
    }

    WebSocketStatus status() {
        SourceProblem last = lastLoss;
        return new WebSocketStatus(state, connected.get(), lost.get(), whole.get(), records.get(), garbage.count(),
                garbage.samples(), tooLarge.get(), buffer.size(), last == null ? null : last.reason(),
                last == null ? null : last.since());
    }

    @Override
    public void close() {
        WebSocketLink link;
        synchronized (this) {
            link = current;
            current = null;
            closed = true;
            state = "ended";
        }
        executor.shutdownNow();
        if (link != null) {
            link.close();
        }
    }
}
