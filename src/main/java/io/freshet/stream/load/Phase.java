package io.freshet.stream.load;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A part of a schedule: a shape and when it ends. A phase without an end lasts for the rest of the stream.
 *
 * @param shape empty for as fast as the sinks accept records
 * @param records the records after which it ends
 * @param duration the time after which it ends; time spent paused does not count
 * @param until the time of day at which it ends
 * @param zone the time zone of {@code until}
 * @param chaos multiplies the shares of the stream's chaos while the phase lasts
 */
public record Phase(Optional<LoadShape> shape, OptionalLong records, Optional<Duration> duration, Optional<LocalTime> until,
        ZoneId zone, double chaos) {

    /** A phase that never ends. */
    public static Phase unlimited(Optional<LoadShape> shape) {
        return new Phase(shape, OptionalLong.empty(), Optional.empty(), Optional.empty(), ZoneId.of("UTC"), 1);
    }

    /** Returns whether the phase ends by itself. */
    public boolean ends() {
        return records.isPresent() || duration.isPresent() || until.isPresent();
    }

    /**
     * Returns the share of one shard in the phase.
     *
     * @param index from 0
     * @param count the number of shards
     */
    public Phase share(int index, int count) {
        OptionalLong own = records.isPresent() ? OptionalLong.of((records.getAsLong() + count - 1 - index) / count) : records;
        return new Phase(shape.map(whole -> new ShardShare(whole, index, count)), own, duration, until, zone, chaos);
    }

    /**
     * The number of records that the phase emits in full, as far as that is known in advance; empty if it depends on the time
     * of day or on the speed of the sinks, or if the phase never ends.
     */
    public OptionalLong expectedRecords() {
        if (records.isPresent()) {
            return records;
        }
        return duration.isPresent() && shape.isPresent() && !shape.get().followsClock()
                ? OptionalLong.of((long) shape.get().records(duration.get().toNanos()))
                : OptionalLong.empty();
    }
}
