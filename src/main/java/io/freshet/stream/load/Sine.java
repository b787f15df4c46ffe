package io.freshet.stream.load;

import java.time.Duration;

/**
 * A rate that swings around a mean: {@code mean + amplitude · sin(2π·t / period)}.
 *
 * @param mean records per second, greater than 0
 * @param amplitude records per second, from 0 to the mean
 * @param period the length of one swing, greater than zero
 */
public record Sine(double mean, double amplitude, Duration period) implements LoadShape {

    public Sine {
        if (!(mean > 0 && amplitude >= 0 && amplitude <= mean) || period.isZero() || period.isNegative()) {
            throw new IllegalArgumentException("a sine needs a mean greater than 0, an amplitude up to the mean and a period");
        }
    }

    @Override
    public double records(long nanos) {
        double length = period.toNanos() / 1e9;
        return mean * nanos / 1e9 + amplitude * length / (2 * Math.PI) * (1 - Math.cos(angle(nanos)));
    }

    @Override
    public double recordsPerSecond(long nanos) {
        return mean + amplitude * Math.sin(angle(nanos));
    }

    @Override
    public double maxRecordsPerSecond() {
        return mean + amplitude;
    }

    private double angle(long nanos) {
        return 2 * Math.PI * (nanos % period.toNanos()) / period.toNanos();
    }
}
