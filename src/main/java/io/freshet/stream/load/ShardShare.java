package io.freshet.stream.load;

import java.time.Instant;

/**
 * The share of one shard in the records of a shape. The shards take turns, so at any time their counts add up to that of the
 * whole, and those of two shards differ by at most one.
 *
 * @param index from 0
 * @param count the number of shards, more than {@code index}
 */
public record ShardShare(LoadShape whole, int index, int count) implements LoadShape {

    @Override
    public double records(long nanos) {
        return Math.max(0, (whole.records(nanos) + count - 1 - index) / count);
    }

    @Override
    public long nanosOf(double records, long from) {
        return whole.nanosOf(Math.max(0, records * count - (count - 1 - index)), from);
    }

    @Override
    public double recordsPerSecond(long nanos) {
        return whole.recordsPerSecond(nanos) / count;
    }

    @Override
    public double maxRecordsPerSecond() {
        return whole.maxRecordsPerSecond() / count;
    }

    @Override
    public boolean isSmooth() {
        return whole.isSmooth();
    }

    @Override
    public int recordsAtOnce() {
        return (whole.recordsAtOnce() + count - 1) / count;
    }

    @Override
    public long maxArrearsNanos() {
        return whole.maxArrearsNanos();
    }

    @Override
    public boolean followsClock() {
        return whole.followsClock();
    }

    @Override
    public LoadShape startingAt(Instant start) {
        return new ShardShare(whole.startingAt(start), index, count);
    }
}
