package io.freshet.stream.load;

import java.time.Duration;

/**
 * A rate that changes by a fixed amount at equal intervals until it reaches its last value, and then stays.
 *
 * @param from records per second during the first interval, at least 0
 * @param to records per second in the end, at least 0
 * @param by the change at each interval, greater than 0, upwards or downwards as {@code to} demands
 * @param every the interval, greater than zero
 */
public record Steps(double from, double to, double by, Duration every) implements LoadShape {

    public Steps {
        if (!(from >= 0 && to >= 0 && by > 0) || from + to == 0 || every.isZero() || every.isNegative()) {
            throw new IllegalArgumentException("steps need rates of at least 0, one of them greater, a change and an interval");
        }
    }

    @Override
    public double records(long nanos) {
        long last = changes();
        long step = Math.min(nanos / every.toNanos(), last);
        double interval = every.toNanos() / 1e9;
        double inStep = nanos / 1e9 - step * interval;
        // the intervals before this one: an arithmetic series, whose final value may be cut off at the last rate
        double before = step * (from + rate(Math.max(0, step - 1))) / 2 * interval;
        return before + rate(step) * inStep;
    }

    @Override
    public double recordsPerSecond(long nanos) {
        return rate(Math.min(nanos / every.toNanos(), changes()));
    }

    @Override
    public double maxRecordsPerSecond() {
        return Math.max(from, to);
    }

    private double rate(long step) {
        return to >= from ? Math.min(to, from + step * by) : Math.max(to, from - step * by);
    }

    /** The number of changes; the last may be smaller than the others. */
    private long changes() {
        return (long) Math.ceil(Math.abs(to - from) / by - 1e-9);
    }
}
