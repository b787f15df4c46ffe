package io.freshet.source.channel;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Flow;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.freshet.codec.RecordBatch;
import io.freshet.memory.MemoryBudget;
import io.freshet.source.PushOffer;
import io.freshet.source.PushResult;
import io.freshet.source.PushSource;
import io.freshet.source.Source;
import io.freshet.source.SourceProblem;
import io.freshet.source.SourceStatus;
import io.freshet.table.Schema;

/**
 * The messages of an incoming channel. A message is acknowledged when all sinks have its records, or they are dead letters. The
 * connector is asked for as many messages as the buffer can hold.
 */
public final class ChannelSource implements Source {

    private static final Logger LOG = Logger.getLogger(ChannelSource.class);

    /** Accepts messages that are not records. Called by threads that must not wait. */
    @FunctionalInterface
    public interface Malformed {

        /** @param number the number of the message since the source started, from 1 */
        void keep(long number, byte[] bytes, String reason);
    }

    private record Waiting(Message<?> message, List<byte[]> records) {
    }

    private final ChannelSettings settings;
    private final IncomingChannels channels;
    private final Malformed malformed;
    private final PushSource pushed;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private Flow.@Nullable Subscription subscription;
    private boolean started;
    private boolean closed;
    private long messages;
    private volatile @Nullable String failure;

    public ChannelSource(ChannelSettings settings, IncomingChannels channels, Malformed malformed, MemoryBudget memory) {
        this.settings = settings;
        this.channels = channels;
        this.malformed = malformed;
        this.pushed = new PushSource(settings.buffer(), memory);
    }

    @Override
    public Optional<Schema> schema() {
        return Optional.empty();
    }

    @Override
    public int available(long position, int wanted, Instant now) {
        if (!started) {
            started = true;
            channels.open(settings.channel(), this).ifPresentOrElse(publisher -> publisher.subscribe(new Reader()),
                    () -> failure = "channel " + settings.channel() + " is read by another stream");
        }
        acceptWaiting();
        return pushed.available(position, wanted, now);
    }

    @Override
    public RecordBatch next(long position, int records, @Nullable RecordBatch reuse) {
        return pushed.next(position, records, reuse);
    }

    @Override
    public void settled(long position) {
        pushed.settled(position);
    }

    @Override
    public boolean isExhausted() {
        return failure != null && pushed.available(0, 1, Instant.EPOCH) == 0;
    }

    @Override
    public @Nullable String failure() {
        return failure;
    }

    @Override
    public SourceStatus status() {
        SourceProblem problem = channels.problem(settings.channel());
        SourceStatus status = pushed.status();
        return problem == null ? status
                : new SourceStatus(status.modelVersion(), status.warning(), problem.reason(), problem.since(), null, null,
                        status.http());
    }

    @Override
    public void close() {
        Flow.Subscription open;
        synchronized (this) {
            closed = true;
            open = subscription;
            waiting.clear();
        }
        if (open != null) {
            open.cancel();
        }
        channels.release(settings.channel(), this);
        pushed.close();
    }

    private synchronized void received(Message<?> message) {
        messages++;
        try {
            waiting.add(new Waiting(message, IncomingMessage.records(message, settings)));
        } catch (IOException e) {
            malformed.keep(messages, IncomingMessage.bytes(message), String.valueOf(e.getMessage()));
            acknowledge(message);
            request();
            return;
        }
        acceptWaiting();
    }

    /** Moves messages into the buffer in their order, as long as there is room. */
    private synchronized void acceptWaiting() {
        while (!closed && !waiting.isEmpty()) {
            Waiting next = waiting.getFirst();
            PushOffer offer = next.records().isEmpty() ? null
                    : pushed.pushes().orElseThrow().offer(next.records(), System.nanoTime());
            if (offer instanceof PushOffer.Full || offer instanceof PushOffer.Closed) {
                return;
            }
            waiting.removeFirst();
            if (offer instanceof PushOffer.Accepted accepted) {
                accepted.result().thenAccept(result -> completed(next.message(), result));
            } else {
                if (offer instanceof PushOffer.TooLarge large) {
                    malformed.keep(messages, IncomingMessage.bytes(next.message()),
                            "the buffer holds at most " + large.limit());
                }
                acknowledge(next.message());
            }
            request();
        }
    }

    /**
     * A message whose records were abandoned when the stream ended stays unacknowledged, so that the broker delivers it again.
     */
    private void completed(Message<?> message, PushResult result) {
        boolean ended = result.failures().stream().anyMatch(each -> each.component().equals("stream"));
        if (!ended) {
            acknowledge(message);
        }
    }

    private void acknowledge(Message<?> message) {
        message.ack().whenComplete((done, thrown) -> {
            if (thrown != null) {
                LOG.warnf("A message could not be acknowledged: channel=%s reason=%s", settings.channel(), thrown.getMessage());
            }
        });
    }

    private synchronized void request() {
        Flow.Subscription open = subscription;
        if (open != null && !closed) {
            open.request(1);
        }
    }

    /** Receives the messages of the connector, on its threads. */
    private final class Reader implements Flow.Subscriber<Message<?>> {

        @Override
        public void onSubscribe(Flow.Subscription granted) {
            synchronized (ChannelSource.this) {
                subscription = granted;
            }
            granted.request(settings.buffer());
        }

        @Override
        public void onNext(Message<?> message) {
            received(message);
        }

        @Override
        public void onError(Throwable thrown) {
            LOG.errorf("A channel failed: channel=%s reason=%s", settings.channel(), thrown.getMessage());
            failure = "channel " + settings.channel() + ": " + thrown.getMessage();
        }

        @Override
        public void onComplete() {
            failure = "channel " + settings.channel() + " ended";
        }
    }
}
