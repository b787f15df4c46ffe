package io.freshet.stream.delivery;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.freshet.security.Secrets;
import io.freshet.sink.BatchDelivery;
import io.freshet.sink.BreakerState;
import io.freshet.sink.GuardedSink;
import io.freshet.sink.QueueSettings;
import io.freshet.sink.Sink;

/** Counts the outcomes of one sink's records. Confined to the lock of its {@link SinkTask}. */
final class SinkCounters {

    /**
     * Records that the sink will never accept.
     *
     * @param reason the reason; empty if there are none
     */
    record Refused(int records, String reason) {
        static Refused of(BatchDelivery batchDelivery) {
            return new Refused(batchDelivery.rejected(), batchDelivery.lastReason());
        }

        /** Returns their share of a delivery in which the sink accepted this many records. */
        double share(int more) {
            return records == 0 ? 0 : records / (double) (more + records);
        }
    }

    private final RecentOutcomes outcomes;
    private long delivered;
    private long deadLettered;
    private long failed;
    private long retried;
    private long failures;
    private @Nullable String lastError;
    private @Nullable Instant lastErrorAt;
    /**
     * Whether the last error concerns the sink, and so ends when the sink accepts records again; otherwise it concerns single
     * records.
     */
    private boolean mendable;

    SinkCounters(long now) {
        outcomes = new RecentOutcomes(now);
    }

    /** Counts a completed batch. The share of it that was rejected counts as failed. */
    void settled(int more, Refused refused, StreamTime time, long startedAt) {
        long now = time.nanos();
        delivered += more;
        deadLettered += refused.records();
        outcomes.settled(now, now - startedAt, refused.share(more));
        outcomes.records(now, more, refused.records());
        if (refused.records() > 0) {
            failures++;
            note(refused.reason(), time.now(), false);
        } else if (more > 0 && mendable) {
            lastError = null;
            lastErrorAt = null;
        }
    }

    /** Returns whether the guard of the sink reports a problem, or the sink refused all records of the last minute. */
    boolean isFailing(Sink sink, long now) {
        return sink instanceof GuardedSink guarded && guarded.problem() != null || outcomes.isAllRefused(now);
    }

    /** Counts records that become dead letters without an attempt to deliver them. */
    void refused(int records) {
        deadLettered += records;
    }

    /** Counts a failed attempt. */
    void failed(String reason, StreamTime time) {
        note(reason, time.now(), true);
        failures++;
        outcomes.failed(time.nanos());
    }

    private void note(String reason, Instant at, boolean about) {
        lastError = Secrets.masked(reason);
        lastErrorAt = at;
        mendable = about;
    }

    /** Counts the delivered records of a batch that is not completed yet. */
    void delivered(int more) {
        delivered += more;
    }

    /** Counts a batch that is retried. */
    void retried() {
        retried++;
    }

    /** Counts records that are abandoned. */
    void givenUp(int records) {
        failed += records;
    }

    StreamStatistics.SinkStatistics statistics(String name, Sink sink, boolean failing, SinkQueue queue, long now) {
        QueueSettings settings = queue.settings();
        BreakerState breaker = sink instanceof GuardedSink guarded ? guarded.breaker() : BreakerState.CLOSED;
        GuardedSink.Problem problem = sink instanceof GuardedSink guarded ? guarded.problem() : null;
        GuardedSink.Problem newest = problem != null && (lastErrorAt == null || lastErrorAt.isBefore(problem.at())) ? problem
                : null;
        return new StreamStatistics.SinkStatistics(name, sink.kind(), sink.target(), failing, breaker.id(), delivered,
                deadLettered, queue.dropped(), failed, queue.records(),
                new StreamStatistics.QueueStatistics(settings.strategy().id(), settings.records(),
                        queue.utilisation(), queue.bytes()),
                retried, failures, outcomes.errorRate(now), Math.max(outcomes.latencySeconds(now), queue.oldestSeconds(now)),
                newest == null ? lastError : Secrets.masked(newest.reason()), newest == null ? lastErrorAt : newest.at());
    }
}
