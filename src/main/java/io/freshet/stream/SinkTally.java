package io.freshet.stream;

import org.jspecify.annotations.Nullable;

import io.freshet.security.Secrets;
import io.freshet.sink.BreakerState;
import io.freshet.sink.Consignment;
import io.freshet.sink.GuardedSink;
import io.freshet.sink.QueueSettings;
import io.freshet.sink.Sink;

/** What has become of the records of one sink. Confined to the lock of its {@link SinkRun}. */
final class SinkTally {

    /**
     * What the sink will never take.
     *
     * @param reason why; empty if there is nothing
     */
    record Refused(int records, String reason) {
        static Refused of(Consignment consignment) {
            return new Refused(consignment.refused(), consignment.lastReason());
        }

        /** What share it is when the sink took so many more. */
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

    SinkTally(long now) {
        outcomes = new RecentOutcomes(now);
    }

    /** A batch that is done with; the share of it that was refused is a failure. */
    void settled(int more, Refused refused, long now, long begun) {
        delivered += more;
        deadLettered += refused.records();
        outcomes.settled(now, now - begun, refused.share(more));
        if (refused.records() > 0) {
            failures++;
            lastError = Secrets.masked(refused.reason());
        }
    }

    /** Records that are dead letters at once. */
    void refused(int records) {
        deadLettered += records;
    }

    /** An attempt that failed. */
    void failed(String reason, long now) {
        lastError = Secrets.masked(reason);
        failures++;
        outcomes.failed(now);
    }

    /** Records of a batch that is not done with. */
    void delivered(int more) {
        delivered += more;
    }

    /** A batch that is tried again. */
    void retried() {
        retried++;
    }

    /** Records that nobody tries to deliver any more. */
    void givenUp(int records) {
        failed += records;
    }

    StreamStatistics.SinkStatistics statistics(String name, Sink sink, boolean failing, SinkQueue queue, long now) {
        QueueSettings settings = queue.settings();
        BreakerState breaker = sink instanceof GuardedSink guarded ? guarded.breaker() : BreakerState.CLOSED;
        return new StreamStatistics.SinkStatistics(name, sink.kind(), sink.target(), failing, breaker.id(), delivered,
                deadLettered, queue.dropped(), failed, queue.records(),
                new StreamStatistics.QueueStatistics(settings.strategy().id(), settings.records(),
                        Math.min(1, queue.records() / (double) settings.records())),
                retried, failures, outcomes.errorRate(now), Math.max(outcomes.latencySeconds(now), queue.oldestSeconds(now)),
                lastError);
    }
}
