package io.freshet.stream.engine;

/** The rate in records per second, recently and over the whole running time. Written by one thread, read by any. */
final class Throughput {

    private static final int SECONDS = 5;
    private static final long NANOS = 1_000_000_000L;

    private final long[] counts = new long[SECONDS + 1];
    private final long startedAt;
    private long second;
    private long looked;
    private long runningNanos;
    private long records;

    Throughput(long now) {
        startedAt = now;
        looked = now;
    }

    /** Notes whether the stream was running since the last call. */
    synchronized void tick(long now, boolean running) {
        if (running) {
            runningNanos += now - looked;
        }
        looked = now;
        forget(now);
    }

    synchronized void add(long now, long more) {
        forget(now);
        counts[(int) (second % counts.length)] += more;
        records += more;
    }

    private void forget(long now) {
        long current = (now - startedAt) / NANOS;
        if (current - second >= counts.length) {
            java.util.Arrays.fill(counts, 0);
            second = current;
        }
        while (second < current) {
            second++;
            counts[(int) (second % counts.length)] = 0;
        }
    }

    /**
     * Returns the rate over the last {@value #SECONDS} full seconds, or over those that have passed; the first second counts
     * even if it is incomplete.
     */
    synchronized double recent(long now) {
        forget(now);
        if (second == 0) {
            return counts[0] / Math.max(1e-3, (now - startedAt) / (double) NANOS);
        }
        long sum = 0;
        for (int i = 0; i < counts.length; i++) {
            sum += i == second % counts.length ? 0 : counts[i];
        }
        return sum / (double) Math.min(second, SECONDS);
    }

    /** Returns the rate over the running time; 0 before any time has passed. */
    synchronized double overall() {
        return runningNanos == 0 ? 0 : records * (double) NANOS / runningNanos;
    }
}
