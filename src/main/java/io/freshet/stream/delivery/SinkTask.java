package io.freshet.stream.delivery;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.freshet.deadletter.DeadLetterQueue;
import io.freshet.memory.MemoryBudget;
import io.freshet.retry.Backoff;
import io.freshet.sink.BatchDelivery;
import io.freshet.sink.DeadLetter;
import io.freshet.sink.Delivery;
import io.freshet.sink.EncodedBatch;
import io.freshet.sink.FailureCode;
import io.freshet.sink.QueueSettings;
import io.freshet.sink.Sink;

/**
 * Delivers the records of one running stream to one sink, through a queue of its own, so that a slow sink does not slow the
 * others. Records that the sink rejects permanently become dead letters. A batch that fails otherwise is retried, the oldest
 * first and alone, with growing delays, until it is delivered, has waited longer than the queue allows, or the stream is
 * stopped. The stream's thread calls; results may arrive on any thread.
 */
public final class SinkTask {

    private static final Logger LOG = Logger.getLogger(SinkTask.class);
    /** The maximum number of records in flight to the sink. */
    static final int MAX_IN_FLIGHT = 8_000;

    /**
     * The collaborators of a sink.
     *
     * @param executor starts deliveries off the stream's thread, where one that blocks would hold up the other sinks
     * @param memory the memory that all queues share
     */
    public record SinkContext(Backoff backoff, DeadLetterQueue deadLetters, StreamMetrics metrics, StreamTime time,
            Executor executor, MemoryBudget memory) {

        /** Creates collaborators without a byte limit. */
        public SinkContext(Backoff backoff, DeadLetterQueue deadLetters, StreamMetrics metrics, StreamTime time,
                Executor executor) {
            this(backoff, deadLetters, metrics, time, executor, MemoryBudget.unlimited());
        }
    }

    private final String stream;
    private final String name;
    private final Sink sink;
    private final SinkContext context;
    private final StreamMetrics metrics;
    private final StreamTime time;
    private final SinkQueue queue;
    private boolean dispatching;
    private boolean stopping;
    private int failedDeliveriesInARow;
    private long retryAt;
    private final SinkCounters counters;

    /** @param name the name of the sink in its stream */
    public SinkTask(String stream, String name, Sink sink, QueueSettings queue, SinkContext sinkContext) {
        this.stream = stream;
        this.name = name;
        this.sink = sink;
        this.context = sinkContext;
        this.metrics = sinkContext.metrics();
        this.time = sinkContext.time();
        this.queue = new SinkQueue(queue, sinkContext.memory());
        this.counters = new SinkCounters(time.nanos());
    }

    public Sink sink() {
        return sink;
    }

    /** Returns the name of the sink in its stream. */
    public String name() {
        return name;
    }

    /** Returns how many records the queue can hold. */
    public int capacity() {
        return queue.settings().records();
    }

    /** Returns whether the queue can accept this many records. */
    public synchronized boolean isOpenFor(int records) {
        return queue.isOpenFor(records);
    }

    /** Queues a batch. The returned entry is completed once none of its records is in flight. */
    public QueueEntry accept(EncodedBatch batch) {
        BatchDelivery batchDelivery = new BatchDelivery(batch, this::publish);
        if (!sink.acceptsTombstones()) {
            batchDelivery.excludeTombstones();
        }
        QueueEntry queueEntry = new QueueEntry(batchDelivery, time.nanos());
        List<QueueEntry> emptied;
        synchronized (this) {
            long before = queue.dropped();
            emptied = queue.add(queueEntry);
            if (queue.dropped() > before) {
                metrics.dropped(name, (int) (queue.dropped() - before));
            }
        }
        emptied.forEach(gone -> gone.completed().complete(true));
        dispatchNext();
        return queueEntry;
    }

    /** Counts records that never reach the sink, because they do not match its schema. */
    public void refused(int records) {
        if (records > 0) {
            synchronized (this) {
                counters.refused(records);
            }
            metrics.deadLettered(name, records);
        }
    }

    /** Starts as many deliveries as may be in flight. */
    private void dispatchNext() {
        synchronized (this) {
            if (dispatching || !mayDispatch()) {
                return;
            }
            dispatching = true;
        }
        Executor executor = sink.isImmediate() ? Runnable::run : context.executor();
        executor.execute(() -> {
            for (List<QueueEntry> next = next(); !next.isEmpty(); next = next()) {
                attempt(next);
            }
        });
    }

    private boolean mayDispatch() {
        return queue.hasWaiting()
                && (failedDeliveriesInARow == 0 || !stopping && queue.isIdle() && time.nanos() - retryAt >= 0);
    }

    /** Returns the batches that are delivered next, together; an empty list if there is nothing to deliver. */
    private synchronized List<QueueEntry> next() {
        List<QueueEntry> next = mayDispatch() ? taken() : List.of();
        dispatching = !next.isEmpty();
        if (dispatching && failedDeliveriesInARow > 0) {
            QueueEntry alone = next.get(0);
            counters.retried();
            alone.tryAgain();
            metrics.retried(name, alone.slots());
        }
        return next;
    }

    private List<QueueEntry> taken() {
        if (sink.maxCoalescedRecords() == 0) {
            QueueEntry next = queue.next(MAX_IN_FLIGHT);
            return next == null ? List.of() : List.of(next);
        }
        // the other half of the queue fills up in the meantime
        int max = failedDeliveriesInARow > 0 ? 0 : Math.min(sink.maxCoalescedRecords(), queue.settings().records() / 2);
        return queue.isIdle() ? queue.nextTogether(max) : List.of();
    }

    private void attempt(List<QueueEntry> queueEntries) {
        List<BatchDelivery> open = queueEntries.stream().map(QueueEntry::batchDelivery).filter(each -> each.size() > 0)
                .toList();
        CompletionStage<Delivery> outcome;
        try {
            if (open.isEmpty()) {
                outcome = CompletableFuture.completedStage(Delivery.delivered());
            } else {
                outcome = sink.maxCoalescedRecords() > 0 ? sink.deliver(open) : sink.deliver(open.get(0));
            }
        } catch (RuntimeException e) {
            outcome = CompletableFuture.failedStage(e);
        }
        outcome.whenComplete((delivery, thrown) -> queueEntries.forEach(queueEntry -> completed(queueEntry, delivery, thrown)));
    }

    private void completed(QueueEntry queueEntry, @Nullable Delivery delivery, @Nullable Throwable thrown) {
        BatchDelivery batchDelivery = queueEntry.batchDelivery();
        if (delivery instanceof Delivery.Delivered) {
            batchDelivery.markAllDelivered();
        } else if (delivery instanceof Delivery.PermanentFailure failure) {
            batchDelivery.rejectAll(failure.code(), failure.reason());
        } else {
            String reason = delivery instanceof Delivery.Failure failure ? failure.reason() : String.valueOf(thrown);
            if (!isOverdue(queueEntry)) {
                failed(queueEntry, reason);
                return;
            }
            batchDelivery.rejectAll(FailureCode.TIMED_OUT,
                    "abandoned after " + queue.settings().giveUpAfter().orElseThrow().toSeconds() + " s: " + reason);
        }
        if (batchDelivery.rejected() == 0) {
            acknowledged(queueEntry, delivery instanceof Delivery.Delivered);
        } else {
            deadLetter(queueEntry,
                    delivery instanceof Delivery.Failure failure && !(failure instanceof Delivery.PermanentFailure));
        }
    }

    private boolean isOverdue(QueueEntry queueEntry) {
        return queue.settings().giveUpAfter().map(longest -> time.nanos() - queueEntry.startedAt() >= longest.toNanos())
                .orElse(false);
    }

    /** Keeps rejected records as dead letters. The entry stays in flight until they are safe. */
    private void deadLetter(QueueEntry queueEntry, boolean stillFailing) {
        queueEntry.batchDelivery().deadLetterRejected().whenComplete((nothing, thrown) -> {
            if (thrown == null) {
                acknowledged(queueEntry, !stillFailing);
            } else {
                Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
                failed(queueEntry, "dead letters could not be kept: " + cause.getMessage());
            }
        });
    }

    private CompletionStage<Void> publish(BatchDelivery batchDelivery) {
        try {
            List<DeadLetter> letters = batchDelivery.letters(name, sink, time.now());
            return letters.isEmpty() ? CompletableFuture.completedStage(null) : context.deadLetters().publish(letters);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private void acknowledged(QueueEntry queueEntry, boolean works) {
        boolean recovered;
        SinkCounters.Refused refused = SinkCounters.Refused.of(queueEntry.batchDelivery());
        int more;
        synchronized (this) {
            recovered = works && queueEntry.isAgain();
            if (recovered) {
                // the next waiting batch does not have to wait any longer
                failedDeliveriesInARow = 0;
            }
            more = queue.remove(queueEntry);
            counters.settled(more, refused, time, queueEntry.startedAt());
        }
        delivered(queueEntry, more);
        if (refused.records() > 0) {
            metrics.refused(name, refused.records(), refused.share(more), refused.reason());
            metrics.deadLettered(name, refused.records());
        }
        if (recovered) {
            LOG.infof("Sink accepts records again: stream=%s sink=%s", stream, name);
        }
        queueEntry.completed().complete(true);
        dispatchNext();
    }

    private void delivered(QueueEntry queueEntry, int more) {
        if (more > 0) {
            metrics.delivered(name, more, time.nanos() - queueEntry.startedAt());
        }
    }

    private void failed(QueueEntry queueEntry, String reason) {
        List<QueueEntry> givenUp = List.of();
        boolean first;
        int more;
        synchronized (this) {
            counters.failed(reason, time);
            first = failedDeliveriesInARow == 0;
            // the batches that were in flight when the first one failed fail for the same reason
            if (first || queueEntry.isAgain()) {
                failedDeliveriesInARow++;
                retryAt = time.nanos() + context.backoff().after(failedDeliveriesInARow).toNanos();
            }
            more = queue.putBack(queueEntry);
            counters.delivered(more);
            if (stopping) {
                givenUp = queue.clear();
                givenUp.forEach(gone -> counters.givenUp(gone.slots()));
            }
        }
        delivered(queueEntry, more);
        metrics.refused(name, queueEntry.slots(), 1, reason);
        if (first) {
            LOG.warnf("Sink failed; its batches are retried: stream=%s sink=%s position=%d reason=%s", stream, name,
                    queueEntry.position(), reason);
        }
        giveUp(givenUp);
    }

    /** Starts the deliveries that are due: the oldest failed batch once its delay has passed. */
    public void dispatchDue() {
        dispatchNext();
    }

    /** Returns whether batches wait to be retried, the last delivery failed, or the sink refuses every record. */
    public synchronized boolean isFailing() {
        return failedDeliveriesInARow > 0 || counters.isFailing(sink, time.nanos());
    }

    /** Abandons batches that fail, now or later; those that the sink accepts are still delivered. */
    public void stop() {
        List<QueueEntry> givenUp = List.of();
        synchronized (this) {
            stopping = true;
            if (failedDeliveriesInARow > 0) {
                givenUp = queue.clear();
                givenUp.forEach(gone -> counters.givenUp(gone.slots()));
            }
        }
        giveUp(givenUp);
    }

    private void giveUp(List<QueueEntry> queueEntries) {
        int records = queueEntries.stream().mapToInt(QueueEntry::slots).sum();
        if (records > 0) {
            metrics.failed(name, records);
            LOG.warnf("Records abandoned, because their stream was stopped: stream=%s sink=%s position=%d records=%d",
                    stream, name, queueEntries.get(0).position(), records);
        }
        queueEntries.forEach(queueEntry -> queueEntry.completed().complete(false));
    }

    /** Deletes the state that the sink keeps for resuming the stream. */
    public void forget() {
        try {
            sink.forget();
        } catch (RuntimeException e) {
            LOG.warnf("State of a deleted stream could not be removed from its sink: stream=%s sink=%s reason=%s", stream, name,
                    e.getMessage());
        }
    }

    public void close() {
        synchronized (this) {
            queue.close();
        }
        try {
            sink.close();
        } catch (RuntimeException e) {
            LOG.warnf("Sink could not be closed cleanly: stream=%s sink=%s reason=%s", stream, name, e.getMessage());
        }
    }

    public synchronized StreamStatistics.SinkStatistics statistics() {
        return counters.statistics(name, sink, isFailing(), queue, time.nanos());
    }
}
