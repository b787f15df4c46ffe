package io.freshet.stream.load;

import java.time.Duration;

/**
 * A number of records at once, at the start and then at equal intervals.
 *
 * @param every the interval, greater than zero
 * @param records the records of one burst, at least 1
 */
public record Bursts(Duration every, int records) implements LoadShape {

    public Bursts {
        if (every.isZero() || every.isNegative() || records < 1) {
            throw new IllegalArgumentException("bursts need an interval greater than zero and at least one record");
        }
    }

    @Override
    public double records(long nanos) {
        return (double) (nanos / every.toNanos() + 1) * records;
    }

    @Override
    public long nanosOf(double count, long from) {
        return count <= records ? 0 : (long) (Math.ceil(count / records) - 1) * every.toNanos();
    }

    @Override
    public double recordsPerSecond(long nanos) {
        return records * 1e9 / every.toNanos();
    }

    @Override
    public double maxRecordsPerSecond() {
        return recordsPerSecond(0);
    }

    @Override
    public boolean isSmooth() {
        return false;
    }

    @Override
    public int recordsAtOnce() {
        return records;
    }

    @Override
    public long maxArrearsNanos() {
        return Math.max(LoadShape.super.maxArrearsNanos(), every.toNanos());
    }
}
