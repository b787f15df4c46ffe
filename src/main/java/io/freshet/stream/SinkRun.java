package io.freshet.stream;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.freshet.sink.Consignment;
import io.freshet.sink.DeadLetter;
import io.freshet.sink.DeadLetterKeeper;
import io.freshet.sink.Delivery;
import io.freshet.sink.OutgoingBatch;
import io.freshet.sink.QueueSettings;
import io.freshet.sink.Sink;

/**
 * One sink of one running stream, behind a queue of its own, so that it slows no other. What it refuses for good is kept as
 * dead letters. A batch that fails otherwise waits and is tried again, the oldest first and alone, with growing waits, until
 * it is delivered, has waited longer than the queue allows, or the stream is stopped. The stream's thread calls; any thread
 * answers.
 */
final class SinkRun {

    private static final Logger LOG = Logger.getLogger(SinkRun.class);
    /** How many records are with the sink at a time. */
    static final int MOST_UNDER_WAY = 8_000;

    /** How long a failed batch waits: first, and at most. */
    record Patience(Duration first, Duration longest) {
        long after(int failures) {
            // doubles do not overflow
            return (long) Math.min(longest.toNanos(), Math.scalb((double) first.toNanos(), failures - 1));
        }
    }

    /**
     * What a sink works with.
     *
     * @param executor where deliveries begin: not on the stream's thread, where one that blocks would hold up the others
     */
    record Surroundings(Patience patience, DeadLetterKeeper deadLetters, StreamMetrics metrics, StreamTime time,
            Executor executor) {
    }

    private final String stream;
    private final String name;
    private final Sink sink;
    private final Surroundings surroundings;
    private final StreamMetrics metrics;
    private final StreamTime time;
    private final SinkQueue queue;
    private boolean handing;
    private boolean stopping;
    private int failuresInARow;
    private long retryAt;
    private final SinkTally tally;

    /**
     * @param name of the sink in its stream
     */
    SinkRun(String stream, String name, Sink sink, QueueSettings queue, Surroundings surroundings) {
        this.stream = stream;
        this.name = name;
        this.sink = sink;
        this.surroundings = surroundings;
        this.metrics = surroundings.metrics();
        this.time = surroundings.time();
        this.queue = new SinkQueue(queue);
        this.tally = new SinkTally(time.nanos());
    }

    Sink sink() {
        return sink;
    }

    /** Its name in its stream. */
    String name() {
        return name;
    }

    /** How many records the queue holds. */
    int capacity() {
        return queue.settings().records();
    }

    /** Whether the stream may come with so many records now. */
    synchronized boolean isOpenFor(int records) {
        return queue.isOpenFor(records);
    }

    /** Puts a batch into the queue. The load is settled once none of its records is on its way any more. */
    Load accept(OutgoingBatch batch) {
        Load load = new Load(new Consignment(batch, this::keep), time.nanos());
        List<Load> emptied;
        synchronized (this) {
            long before = queue.dropped();
            emptied = queue.add(load);
            if (queue.dropped() > before) {
                metrics.dropped(name, (int) (queue.dropped() - before));
            }
        }
        emptied.forEach(gone -> gone.settled().complete(true));
        handOver();
        return load;
    }

    /** Counts records that never come to the sink: they are not as it wants them. */
    void refused(int records) {
        if (records > 0) {
            synchronized (this) {
                tally.refused(records);
            }
            metrics.deadLettered(name, records);
        }
    }

    /** Begins as many deliveries as may be under way. */
    private void handOver() {
        synchronized (this) {
            if (handing || !mayHandOver()) {
                return;
            }
            handing = true;
        }
        Executor executor = sink.isImmediate() ? Runnable::run : surroundings.executor();
        executor.execute(() -> {
            for (List<Load> next = next(); !next.isEmpty(); next = next()) {
                attempt(next);
            }
        });
    }

    private boolean mayHandOver() {
        return queue.hasWaiting()
                && (failuresInARow == 0 || !stopping && queue.isIdle() && time.nanos() - retryAt >= 0);
    }

    /** What is delivered next, as one; empty for nothing. */
    private synchronized List<Load> next() {
        List<Load> next = mayHandOver() ? taken() : List.of();
        handing = !next.isEmpty();
        if (handing && failuresInARow > 0) {
            Load alone = next.get(0);
            tally.retried();
            alone.tryAgain();
            metrics.retried(name, alone.places());
        }
        return next;
    }

    private List<Load> taken() {
        if (sink.gathers() == 0) {
            Load next = queue.next(MOST_UNDER_WAY);
            return next == null ? List.of() : List.of(next);
        }
        // the other half of the queue fills meanwhile
        int most = failuresInARow > 0 ? 0 : Math.min(sink.gathers(), queue.settings().records() / 2);
        return queue.isIdle() ? queue.nextTogether(most) : List.of();
    }

    private void attempt(List<Load> loads) {
        List<Consignment> open = loads.stream().map(Load::consignment).filter(each -> each.size() > 0).toList();
        CompletionStage<Delivery> outcome;
        try {
            if (open.isEmpty()) {
                outcome = CompletableFuture.completedStage(Delivery.delivered());
            } else {
                outcome = sink.gathers() > 0 ? sink.deliver(open) : sink.deliver(open.get(0));
            }
        } catch (RuntimeException e) {
            outcome = CompletableFuture.failedStage(e);
        }
        outcome.whenComplete((delivery, thrown) -> loads.forEach(load -> answered(load, delivery, thrown)));
    }

    private void answered(Load load, @Nullable Delivery delivery, @Nullable Throwable thrown) {
        Consignment consignment = load.consignment();
        if (delivery instanceof Delivery.Delivered) {
            consignment.deliverAll();
        } else if (delivery instanceof Delivery.PermanentFailure failure) {
            consignment.refuseAll(failure.reason());
        } else {
            String reason = delivery instanceof Delivery.Failure failure ? failure.reason() : String.valueOf(thrown);
            if (!isOverdue(load)) {
                failed(load, reason);
                return;
            }
            consignment
                    .refuseAll("given up after " + queue.settings().giveUpAfter().orElseThrow().toSeconds() + " s: " + reason);
        }
        if (consignment.refused() == 0) {
            settled(load, delivery instanceof Delivery.Delivered);
        } else {
            keep(load, delivery instanceof Delivery.Failure failure && !(failure instanceof Delivery.PermanentFailure));
        }
    }

    private boolean isOverdue(Load load) {
        return queue.settings().giveUpAfter().map(longest -> time.nanos() - load.begun() >= longest.toNanos()).orElse(false);
    }

    /** What was refused becomes dead letters; until they are safe, the load is on its way. */
    private void keep(Load load, boolean stillFailing) {
        load.consignment().keepRefused().whenComplete((nothing, thrown) -> {
            if (thrown == null) {
                settled(load, !stillFailing);
            } else {
                Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
                failed(load, "dead letters are not kept: " + cause.getMessage());
            }
        });
    }

    private CompletionStage<Void> keep(Consignment consignment) {
        try {
            List<DeadLetter> letters = consignment.letters(name, sink, time.now());
            return letters.isEmpty() ? CompletableFuture.completedStage(null) : surroundings.deadLetters().keep(letters);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private void settled(Load load, boolean works) {
        boolean recovered;
        SinkTally.Refused refused = SinkTally.Refused.of(load.consignment());
        int more;
        synchronized (this) {
            recovered = works && load.isAgain();
            if (recovered) {
                // the next of those that wait need not wait any longer
                failuresInARow = 0;
            }
            more = queue.remove(load);
            tally.settled(more, refused, time.nanos(), load.begun());
        }
        delivered(load, more);
        if (refused.records() > 0) {
            metrics.refused(name, refused.records(), refused.share(more), refused.reason());
            metrics.deadLettered(name, refused.records());
        }
        if (recovered) {
            LOG.infof("A sink takes records again: stream=%s sink=%s", stream, name);
        }
        load.settled().complete(true);
        handOver();
    }

    private void delivered(Load load, int more) {
        if (more > 0) {
            metrics.delivered(name, more, time.nanos() - load.begun());
        }
    }

    private void failed(Load load, String reason) {
        List<Load> givenUp = List.of();
        boolean first;
        int more;
        synchronized (this) {
            tally.failed(reason, time.nanos());
            first = failuresInARow == 0;
            // those that were on their way when the first one failed say nothing new
            if (first || load.isAgain()) {
                failuresInARow++;
                retryAt = time.nanos() + surroundings.patience().after(failuresInARow);
            }
            more = queue.putBack(load);
            tally.delivered(more);
            if (stopping) {
                givenUp = queue.clear();
                givenUp.forEach(gone -> tally.givenUp(gone.places()));
            }
        }
        delivered(load, more);
        metrics.refused(name, load.places(), 1, reason);
        if (first) {
            LOG.warnf("A sink fails; its batches are tried again: stream=%s sink=%s position=%d reason=%s", stream, name,
                    load.position(), reason);
        }
        giveUp(givenUp);
    }

    /** Tries the oldest failed batch again when its time has come. */
    void retry() {
        handOver();
    }

    /** Whether batches wait to be tried again. */
    synchronized boolean isFailing() {
        return failuresInARow > 0;
    }

    /** Gives up on what fails, now or later; what the sink takes is still delivered. */
    void stop() {
        List<Load> givenUp = List.of();
        synchronized (this) {
            stopping = true;
            if (failuresInARow > 0) {
                givenUp = queue.clear();
                givenUp.forEach(gone -> tally.givenUp(gone.places()));
            }
        }
        giveUp(givenUp);
    }

    private void giveUp(List<Load> loads) {
        int records = loads.stream().mapToInt(Load::places).sum();
        if (records > 0) {
            metrics.failed(name, records);
            LOG.warnf("Records were not delivered before their stream was stopped: stream=%s sink=%s position=%d records=%d",
                    stream, name, loads.get(0).position(), records);
        }
        loads.forEach(load -> load.settled().complete(false));
    }

    /** Forgets what the sink keeps for when the stream begins again. */
    void forget() {
        try {
            sink.forget();
        } catch (RuntimeException e) {
            LOG.warnf("What a sink keeps of a deleted stream stays: stream=%s sink=%s reason=%s", stream, name, e.getMessage());
        }
    }

    void close() {
        try {
            sink.close();
        } catch (RuntimeException e) {
            LOG.warnf("A sink was not closed well: stream=%s sink=%s reason=%s", stream, name, e.getMessage());
        }
    }

    synchronized StreamStatistics.SinkStatistics statistics() {
        return tally.statistics(name, sink, isFailing(), queue, time.nanos());
    }
}
