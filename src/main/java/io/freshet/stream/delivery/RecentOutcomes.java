package io.freshet.stream.delivery;

/**
 * Measures the recent share of failed deliveries and the recent latency, as averages that decay with a half-life. After a while
 * without deliveries they are 0, unless the last delivery failed and is being retried. Confined to the lock of its {@link
 * SinkTask}.
 */
final class RecentOutcomes {

    private static final double HALF_LIFE_NANOS = 10e9;
    private static final int FEW = 20;
    private static final long MEMORY_NANOS = 60_000_000_000L;

    private long looked;
    private double good;
    private double bad;
    private double seconds;
    private boolean triedAgain;
    private long refusedInARow;
    private long refusedAt;

    RecentOutcomes(long now) {
        looked = now;
    }

    /**
     * Adds a completed delivery.
     *
     * @param failing the share of it that the sink will never accept
     */
    void settled(long now, long nanos, double failing) {
        fade(now);
        good += 1 - failing;
        bad += failing;
        seconds += (1 - failing) * nanos / 1e9;
    }

    /**
     * Adds the records of a completed delivery.
     *
     * @param accepted those that the sink has
     * @param refused those that it will never accept
     */
    void records(long now, int accepted, int refused) {
        if (accepted > 0 || now - refusedAt >= MEMORY_NANOS) {
            refusedInARow = 0;
        }
        if (accepted == 0 && refused > 0) {
            refusedInARow += refused;
            refusedAt = now;
        }
    }

    /** Returns whether the sink refused everything that it was given in the last minute, and that was more than a few. */
    boolean isAllRefused(long now) {
        return refusedInARow >= FEW && now - refusedAt < MEMORY_NANOS;
    }

    /** Adds a failed delivery. */
    void failed(long now) {
        fade(now);
        bad++;
        triedAgain = true;
    }

    private void fade(long now) {
        double left = isForgotten(now) ? 0 : Math.pow(0.5, (now - looked) / HALF_LIFE_NANOS);
        good *= left;
        bad *= left;
        seconds *= left;
        looked = now;
        triedAgain = false;
    }

    private boolean isForgotten(long now) {
        return !triedAgain && now - looked >= MEMORY_NANOS;
    }

    /** Returns the share, 0 to 1; 0 if there were no recent deliveries. */
    double errorRate(long now) {
        return bad == 0 || isForgotten(now) ? 0 : bad / (good + bad);
    }

    /** Returns the mean; 0 if there were no recent deliveries. */
    double latencySeconds(long now) {
        return good == 0 || isForgotten(now) ? 0 : seconds / good;
    }
}
