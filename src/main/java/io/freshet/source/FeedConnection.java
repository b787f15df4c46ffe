package io.freshet.source;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.freshet.security.Destination;

/**
 * Keeps a feed connected: connects, asks for what is wanted, notices when the other side is gone, connects again with growing
 * waits. What comes goes into the buffer. A thread of its own does the work.
 */
final class FeedConnection implements FeedLink.Receiver, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(FeedConnection.class);
    private static final Duration HANDSHAKE = Duration.ofSeconds(10);
    private static final String HOST = "Host";
    private static final double SILENT_HEARTBEATS = 2.5;

    private final FeedSettings settings;
    private final HttpClient client;
    private final Function<URI, Destination> check;
    private final FeedBuffer buffer;
    private final FeedMessages messages;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "feed");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicLong connected = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final AtomicLong whole = new AtomicLong();
    private final AtomicLong records = new AtomicLong();
    private final AtomicLong garbage = new AtomicLong();
    private final AtomicLong tooLarge = new AtomicLong();
    private volatile String state = "connecting";
    private volatile @Nullable String lastError;
    private volatile @Nullable FeedLink current;
    private volatile String mark;
    private volatile int failures;
    private boolean closed;

    /**
     * @param check says where to connect to; throws if that may not be
     * @param mark of the last record that was dealt with before; empty for none
     */
    FeedConnection(FeedSettings settings, HttpClient client, Function<URI, Destination> check, FeedBuffer buffer, String mark) {
        this.settings = settings;
        this.client = client;
        this.check = check;
        this.buffer = buffer;
        this.mark = mark;
        this.messages = new FeedMessages(settings.format(), settings.resume());
    }

    void start() {
        long beat = settings.connecting().heartbeat().toNanos();
        executor.scheduleWithFixedDelay(this::beat, beat, beat, TimeUnit.NANOSECONDS);
        executor.execute(this::connect);
    }

    private void connect() {
        // what comes before it is sent must not change it
        Optional<String> resume = settings.resume().filter(any -> !mark.isEmpty()).map(known -> known.message(mark));
        FeedLink link = new FeedLink(settings.mostMessageBytes(), buffer, this, this::lost);
        synchronized (this) {
            if (closed) {
                return;
            }
            state = "connecting";
            current = link;
        }
        WebSocket.Builder builder = client.newWebSocketBuilder().connectTimeout(HANDSHAKE);
        settings.headers().forEach(builder::header);
        try {
            Destination to = check.apply(settings.url());
            to.host().filter(FeedConnection::maySay).ifPresent(host -> builder.header(HOST, host));
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

    /** A JVM that was not told that it may lets nobody say the name of a host; then the address has to do. */
    private static boolean maySay(String host) {
        try {
            HttpRequest.newBuilder().header(HOST, host);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void opened(FeedLink link, WebSocket socket, Optional<String> resume) {
        if (!isWanted(link)) {
            socket.abort();
            return;
        }
        connected.incrementAndGet();
        LOG.infof("A feed is connected: host=%s", settings.url().getHost());
        CompletableFuture<WebSocket> sent = CompletableFuture.completedFuture(socket);
        for (String message : List.of(settings.subscribe(), resume).stream().flatMap(Optional::stream).toList()) {
            sent = sent.thenCompose(open -> open.sendText(message, true));
        }
    }

    /** Whether a link that is open now is still the one to use: then it is connected. */
    private synchronized boolean isWanted(FeedLink link) {
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
        FeedLink link = current;
        if (link == null || !state.equals("connected")) {
            return;
        }
        if (link.silentNanos() > settings.connecting().heartbeat().toNanos() * SILENT_HEARTBEATS) {
            lost(link, "no sign of life");
        } else {
            link.ping();
        }
    }

    private void lost(FeedLink link, String reason) {
        int limit = settings.connecting().attempts();
        boolean givenUp;
        synchronized (this) {
            if (link != current) {
                return;
            }
            current = null;
            failures++;
            givenUp = limit > 0 && failures >= limit;
            lastError = reason;
            lost.incrementAndGet();
            state = givenUp ? "ended" : "waiting";
        }
        link.abort();
        LOG.warnf("A feed is lost: host=%s failures=%d reason=%s", settings.url().getHost(), failures, reason);
        if (!givenUp) {
            long millis = settings.connecting().after(failures).toMillis();
            connectAfter(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
        }
    }

    private void connectAfter(long millis) {
        try {
            executor.schedule(this::connect, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debugf("A feed was closed while it was lost: host=%s", settings.url().getHost());
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

    private void add(Optional<List<FeedMessages.Item>> items) {
        whole.incrementAndGet();
        failures = 0;
        if (items.isEmpty()) {
            garbage.incrementAndGet();
            return;
        }
        List<FeedMessages.Item> all = items.get();
        all.stream().map(FeedMessages.Item::mark).filter(seen -> !seen.isEmpty()).reduce((first, second) -> second)
                .ifPresent(last -> mark = last);
        records.addAndGet(all.size());
        buffer.add(all, System.nanoTime());
    }

    @Override
    public void tooLarge() {
        failures = 0;
        tooLarge.incrementAndGet();
    }

    /** Says that there may be room in the buffer again. */
    void goOn() {
        FeedLink link = current;
        if (link != null) {
            link.goOn();
        }
    }

    /** Whether it was given up: nothing will come any more. */
    boolean hasEnded() {
        return state.equals("ended");
    }

    /** Why nothing has come since a connection was lost; null if something has. */
    @Nullable
    String trouble() {
        return failures > 0 ? lastError : null;
    }

    FeedStatus status() {
        return new FeedStatus(state, connected.get(), lost.get(), whole.get(), records.get(), garbage.get(), tooLarge.get(),
                buffer.size(), lastError);
    }

    @Override
    public void close() {
        FeedLink link;
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
