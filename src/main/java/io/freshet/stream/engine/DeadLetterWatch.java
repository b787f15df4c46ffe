package io.freshet.stream.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.freshet.source.SourceStatus;
import io.freshet.source.TopicStatus;
import io.freshet.source.WebSocketStatus;
import io.freshet.stage.StageStatistics;
import io.freshet.stream.delivery.StreamStatistics;

/**
 * Measures the recent share of a stream's records that became dead letters, as an average with a half-life of ten seconds.
 * Samples once a second, and logs at most once a minute. The stream's thread writes; any thread may read.
 */
final class DeadLetterWatch {

    private static final Logger LOG = Logger.getLogger(Stream.class);
    private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long LOG_NANOS = Duration.ofMinutes(1).toNanos();
    private static final double HALF_LIFE_NANOS = 10e9;
    /** Below this weighted number of records, a share is not meaningful. */
    private static final double FEWEST = 0.5;

    /**
     * Totals since the stream started.
     *
     * @param handled records and unreadable messages
     * @param dead how many of them became dead letters, at the stage or sink that rejected most
     * @param reason the reason for the last dead letter; null if it is not known
     */
    record Count(long handled, long dead, @Nullable String reason) {

        static Count of(long acknowledged, SourceStatus source, List<StageStatistics> stages,
                List<StreamStatistics.SinkStatistics> sinks) {
            TopicStatus topic = source.topic();
            WebSocketStatus feed = source.feed();
            long unreadable = (topic == null ? 0 : topic.malformed()) + (feed == null ? 0 : feed.garbage());
            long staged = stages.stream().mapToLong(StageStatistics::deadLettered).sum();
            long sunk = sinks.stream().mapToLong(StreamStatistics.SinkStatistics::deadLettered).max().orElse(0);
            String reason = sinks.stream().filter(sink -> sink.deadLettered() > 0 && sink.lastError() != null)
                    .map(StreamStatistics.SinkStatistics::lastError).findFirst()
                    .or(() -> stages.stream().filter(stage -> stage.deadLettered() > 0 && stage.lastError() != null)
                            .map(StageStatistics::lastError).findFirst())
                    .or(() -> topic == null ? Optional.empty() : topic.errors().stream().findFirst())
                    .or(() -> feed == null ? Optional.empty() : feed.errors().stream().findFirst())
                    .orElse(null);
            return new Count(acknowledged + unreadable, unreadable + staged + sunk, reason);
        }
    }

    private final String stream;
    private volatile Count before = new Count(0, 0, null);
    private long lookedAt;
    private long loggedAt;
    private long loggedDead;
    private long loggedHandled;
    private double handled;
    private double dead;
    private volatile double share;

    DeadLetterWatch(String stream, long now) {
        this.stream = stream;
        this.lookedAt = now;
        this.loggedAt = now - LOG_NANOS;
    }

    /** Returns the share, 0 to 1; 0 if there were no recent records. */
    double share() {
        return share;
    }

    /** Returns the reason for the last dead letter; null if there is none or it is not known. */
    @Nullable
    String reason() {
        return before.reason();
    }

    /** Samples the counts if a second has passed. */
    void tick(long now, Supplier<Count> count) {
        if (now - lookedAt < LOOK_NANOS) {
            return;
        }
        Count after = count.get();
        double left = Math.pow(0.5, (now - lookedAt) / HALF_LIFE_NANOS);
        handled = handled * left + after.handled() - before.handled();
        dead = dead * left + after.dead() - before.dead();
        share = handled < FEWEST ? 0 : Math.min(1, dead / handled);
        lookedAt = now;
        before = after;
        log(now, after);
    }

    private void log(long now, Count count) {
        if (count.dead() > loggedDead && now - loggedAt >= LOG_NANOS) {
            LOG.warnf("Records became dead letters: stream=%s deadLetters=%d of=%d reason=%s", stream,
                    count.dead() - loggedDead, Math.max(count.handled() - loggedHandled, count.dead() - loggedDead),
                    count.reason());
            loggedAt = now;
            loggedDead = count.dead();
            loggedHandled = count.handled();
        }
    }
}
