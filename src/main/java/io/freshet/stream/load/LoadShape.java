package io.freshet.stream.load;

import java.time.Instant;

/**
 * The number of records that are due as a function of time. Immutable and thread-safe.
 *
 * <p>
 * Times are nanoseconds since the shape started and are at least 0; counts never decrease with time.
 */
public interface LoadShape {

    /** The number of records due from the start until {@code nanos} later, both inclusive. */
    double records(long nanos);

    /**
     * The earliest time at which at least so many records are due, to ten microseconds.
     *
     * @param from a time before which the answer cannot be
     * @return {@link Long#MAX_VALUE} if so many are never due
     */
    default long nanosOf(double records, long from) {
        return Inversion.nanosOf(this, records, from);
    }

    /** The rate at a time, in records per second; of a shape with bursts, its mean over one period. */
    double recordsPerSecond(long nanos);

    /** The highest rate that the shape reaches, in records per second. */
    double maxRecordsPerSecond();

    /** Returns whether records are spread evenly over time instead of arriving in bursts. */
    default boolean isSmooth() {
        return true;
    }

    /** The number of records that arrive at one moment; 1 for a smooth shape. */
    default int recordsAtOnce() {
        return 1;
    }

    /** How long a stream that was held up may stay behind before the shape skips what it owes. */
    default long maxArrearsNanos() {
        return 2_000_000_000L;
    }

    /** Returns whether the shape follows the time of day; it then continues while the stream is paused. */
    default boolean followsClock() {
        return false;
    }

    /** This shape, started at a moment; only shapes that follow the time of day depend on it. */
    default LoadShape startingAt(Instant start) {
        return this;
    }
}
