package io.freshet.stream;

/**
 * Records per second: in the last seconds, and over all the time that was spent running. Written by one thread, read by any.
 */
final class Throughput {

    private static final int SECONDS = 5;
    private static final long NANOS = 1_000_000_000L;

    private final long[] counts = new long[SECONDS + 1];
    private final long begun;
    private long second;
    private long looked;
    private long runningNanos;
    private long records;

    Throughput(long now) {
        begun = now;
        looked = now;
    }

    /** Says whether the stream was running since the last call. */
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
        long current = (now - begun) / NANOS;
        if (current - second >= counts.length) {
            java.util.Arrays.fill(counts, 0);
            second = current;
        }
        while (second < current) {
            second++;
            counts[(int) (second % counts.length)] = 0;
        }
    }

    /** Over the last {@value #SECONDS} full seconds, or those there were; the first second counts as it is. */
    synchronized double recent(long now) {
        forget(now);
        if (second == 0) {
            return counts[0] / Math.max(1e-3, (now - begun) / (double) NANOS);
        }
        long sum = 0;
        for (int i = 0; i < counts.length; i++) {
            sum += i == second % counts.length ? 0 : counts[i];
        }
        return sum / (double) Math.min(second, SECONDS);
    }

    /** Over the time it was running; 0 before any. */
    synchronized double overall() {
        return runningNanos == 0 ? 0 : records * (double) NANOS / runningNanos;
    }
}
