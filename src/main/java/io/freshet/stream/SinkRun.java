package io.freshet.stream;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.freshet.sink.Delivery;
import io.freshet.sink.GuardedSink;
import io.freshet.sink.OutgoingBatch;

/** One sink of one running stream: keeps trying until a batch is delivered or refused for good, and counts. */
final class SinkRun {

    private static final Logger LOG = Logger.getLogger(SinkRun.class);

    private final String stream;
    private final GuardedSink sink;
    private final Duration failingDelay;
    private final StreamMetrics metrics;
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong retried = new AtomicLong();
    private volatile boolean failing;
    private volatile boolean stopped;
    private volatile @Nullable String lastError;

    SinkRun(String stream, GuardedSink sink, Duration failingDelay, StreamMetrics metrics) {
        this.stream = stream;
        this.sink = sink;
        this.failingDelay = failingDelay;
        this.metrics = metrics;
    }

    /** Completes with true once the sink has answered for the batch, with false if the stream was stopped before. */
    CompletionStage<Boolean> deliver(OutgoingBatch batch) {
        long begun = System.nanoTime();
        return sink.deliver(batch).thenCompose(delivery -> {
            if (delivery instanceof Delivery.Delivered) {
                delivered.addAndGet(batch.size());
                metrics.delivered(sink.kind(), batch.size(), System.nanoTime() - begun);
                recovered();
                return CompletableFuture.completedStage(true);
            }
            return failed(batch, (Delivery.Failed) delivery);
        });
    }

    private CompletionStage<Boolean> failed(OutgoingBatch batch, Delivery.Failed failure) {
        lastError = failure.reason();
        if (failure.permanent()) {
            failed.addAndGet(batch.size());
            metrics.failed(sink.kind(), batch.size());
            LOG.errorf("A batch was refused for good: stream=%s sink=%s position=%d records=%d reason=%s", stream,
                    sink.kind(), batch.position(), batch.size(), failure.reason());
            return CompletableFuture.completedStage(true);
        }
        if (stopped) {
            return CompletableFuture.completedStage(false);
        }
        if (!failing) {
            LOG.warnf("A sink fails; the batch is tried again: stream=%s sink=%s position=%d reason=%s", stream, sink.kind(),
                    batch.position(), failure.reason());
        }
        failing = true;
        retried.incrementAndGet();
        return CompletableFuture
                .supplyAsync(() -> batch,
                        CompletableFuture.delayedExecutor(failingDelay.toMillis(), TimeUnit.MILLISECONDS))
                .thenCompose(this::deliver);
    }

    private void recovered() {
        if (failing) {
            failing = false;
            LOG.infof("A sink takes records again: stream=%s sink=%s", stream, sink.kind());
        }
    }

    boolean isFailing() {
        return failing;
    }

    /** Gives up on batches that fail from now on. */
    void stop() {
        stopped = true;
    }

    void close() {
        sink.close();
    }

    StreamStatistics.SinkStatistics statistics() {
        return new StreamStatistics.SinkStatistics(sink.kind(), failing, delivered.get(), failed.get(), retried.get(),
                lastError);
    }
}
