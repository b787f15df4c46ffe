package io.freshet.stream.load;

/**
 * The same rate at all times.
 *
 * @param rate records per second, greater than 0
 */
public record ConstantRate(double rate) implements LoadShape {

    public ConstantRate {
        if (!(rate > 0)) {
            throw new IllegalArgumentException("a rate must be greater than 0");
        }
    }

    @Override
    public double records(long nanos) {
        return nanos * (rate / 1e9);
    }

    @Override
    public long nanosOf(double records, long from) {
        return (long) Math.ceil(records / rate * 1e9);
    }

    @Override
    public double recordsPerSecond(long nanos) {
        return rate;
    }

    @Override
    public double maxRecordsPerSecond() {
        return rate;
    }
}
