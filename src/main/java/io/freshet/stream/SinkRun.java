package io.freshet.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.freshet.sink.Delivery;
import io.freshet.sink.OutgoingBatch;
import io.freshet.sink.Sink;

/**
 * One sink of one running stream. A batch that fails is kept and tried again, the oldest first and alone, with growing waits,
 * until it is delivered or the stream is stopped: no batch is left out. The stream's thread calls; any thread answers.
 */
final class SinkRun {

    private static final Logger LOG = Logger.getLogger(SinkRun.class);

    /** How long a failed batch waits: first, and at most. */
    record Patience(Duration first, Duration longest) {
        long after(int failures) {
            return Math.min(longest.toNanos(), first.toNanos() << Math.min(failures - 1, 20));
        }
    }

    private record Pending(OutgoingBatch batch, CompletableFuture<Boolean> answered, long begun) {
    }

    private final String stream;
    private final Sink sink;
    private final Patience patience;
    private final StreamMetrics metrics;
    private final StreamTime time;
    private final NavigableMap<Long, Pending> waiting = new TreeMap<>();
    private boolean trying;
    private boolean stopped;
    private int failuresInARow;
    private long retryAt;
    private long delivered;
    private long failed;
    private long retried;
    private long failures;
    private @Nullable String lastError;

    SinkRun(String stream, Sink sink, Patience patience, StreamMetrics metrics, StreamTime time) {
        this.stream = stream;
        this.sink = sink;
        this.patience = patience;
        this.metrics = metrics;
        this.time = time;
    }

    /** Completes with true once the sink has the batch, with false if the stream was stopped before that. */
    CompletableFuture<Boolean> deliver(OutgoingBatch batch) {
        Pending pending = new Pending(batch, new CompletableFuture<>(), time.nanos());
        attempt(pending, false);
        return pending.answered();
    }

    private void attempt(Pending pending, boolean again) {
        CompletionStage<Delivery> outcome;
        try {
            outcome = sink.deliver(pending.batch());
        } catch (RuntimeException e) {
            outcome = CompletableFuture.failedStage(e);
        }
        outcome.whenComplete((delivery, thrown) -> {
            if (delivery instanceof Delivery.Delivered) {
                delivered(pending, again);
            } else {
                failed(pending, again,
                        delivery instanceof Delivery.Failure failure ? failure.reason() : String.valueOf(thrown));
            }
        });
    }

    private void delivered(Pending pending, boolean again) {
        boolean recovered;
        synchronized (this) {
            delivered += pending.batch().size();
            if (again) {
                trying = false;
                failuresInARow = 0;
                // the next of those that wait need not wait any longer
                retryAt = time.nanos();
            }
            recovered = again && waiting.isEmpty();
        }
        metrics.delivered(sink.kind(), pending.batch().size(), time.nanos() - pending.begun());
        if (recovered) {
            LOG.infof("A sink takes records again: stream=%s sink=%s", stream, sink.kind());
        }
        pending.answered().complete(true);
    }

    private void failed(Pending pending, boolean again, String reason) {
        boolean first;
        boolean givenUp;
        synchronized (this) {
            lastError = reason;
            failures++;
            first = waiting.isEmpty() && !again;
            trying &= !again;
            givenUp = stopped;
            if (givenUp) {
                failed += pending.batch().size();
            } else {
                waiting.put(pending.batch().position(), pending);
                if (first || again) {
                    failuresInARow++;
                    retryAt = time.nanos() + patience.after(failuresInARow);
                }
            }
        }
        metrics.refused(sink.kind(), pending.batch().size(), reason);
        if (givenUp) {
            giveUp(pending);
        } else if (first) {
            LOG.warnf("A sink fails; its batches are tried again: stream=%s sink=%s position=%d reason=%s", stream,
                    sink.kind(), pending.batch().position(), reason);
        }
    }

    /** Tries the oldest failed batch again when its time has come. */
    void retry(long now) {
        Pending oldest;
        synchronized (this) {
            if (trying || waiting.isEmpty() || now - retryAt < 0) {
                return;
            }
            oldest = waiting.pollFirstEntry().getValue();
            trying = true;
            retried++;
        }
        metrics.retried(sink.kind(), oldest.batch().size());
        attempt(oldest, true);
    }

    /** Whether batches wait to be tried again. */
    synchronized boolean isFailing() {
        return trying || !waiting.isEmpty();
    }

    /** Gives up on the batches that wait, and on those that fail from now on. */
    void stop() {
        List<Pending> givenUp;
        synchronized (this) {
            stopped = true;
            givenUp = new ArrayList<>(waiting.values());
            waiting.clear();
            givenUp.forEach(pending -> failed += pending.batch().size());
        }
        givenUp.forEach(this::giveUp);
    }

    private void giveUp(Pending pending) {
        metrics.failed(sink.kind(), pending.batch().size());
        LOG.warnf("A batch was not delivered before its stream was stopped: stream=%s sink=%s position=%d records=%d", stream,
                sink.kind(), pending.batch().position(), pending.batch().size());
        pending.answered().complete(false);
    }

    void close() {
        try {
            sink.close();
        } catch (RuntimeException e) {
            LOG.warnf("A sink was not closed well: stream=%s sink=%s reason=%s", stream, sink.kind(), e.getMessage());
        }
    }

    synchronized StreamStatistics.SinkStatistics statistics() {
        return new StreamStatistics.SinkStatistics(sink.kind(), isFailing(), delivered, failed, retried, failures,
                lastError);
    }
}
