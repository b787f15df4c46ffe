package io.freshet.stage;

import java.util.Arrays;

/**
 * A histogram of recent latencies. Its bounds are an eighth of a power of two apart, so that a quantile is accurate to 10 %.
 * When it is full it halves all counts, so that old values weigh less. Thread-safe.
 */
public final class Latencies {

    private static final int STEPS = 8;
    private static final int MANY = 8192;

    private final int[] counts = new int[Long.SIZE * STEPS];
    private int total;

    /** Adds a latency in nanoseconds. */
    public synchronized void add(long nanos) {
        counts[bucket(Math.max(1, nanos))]++;
        if (++total == MANY) {
            total = 0;
            for (int i = 0; i < counts.length; i++) {
                counts[i] /= 2;
                total += counts[i];
            }
        }
    }

    private static int bucket(long nanos) {
        int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos);
        int step = exponent < 3 ? 0 : (int) (nanos >>> exponent - 3) & STEPS - 1;
        return exponent * STEPS + step;
    }

    /** Returns a quantile in milliseconds, or 0 if there are no values yet. */
    public synchronized double quantileMillis(double quantile) {
        long rank = (long) Math.ceil(quantile * total);
        for (int i = 0; i < counts.length && total > 0; i++) {
            rank -= counts[i];
            if (rank <= 0) {
                return Math.scalb(1 + (i % STEPS + 0.5) / STEPS, i / STEPS) / 1e6;
            }
        }
        return 0;
    }

    /** Removes all values. */
    public synchronized void clear() {
        Arrays.fill(counts, 0);
        total = 0;
    }
}
