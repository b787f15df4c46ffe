package io.freshet.stream;

/**
 * The share of deliveries that failed, and how long deliveries take, lately: what is older counts less, half a life ago a half,
 * and when nothing came for a while, nothing; unless the last one failed, which is tried again. Confined to the lock of its
 * {@link SinkRun}.
 */
final class RecentOutcomes {

    private static final double HALF_LIFE_NANOS = 10e9;
    private static final long MEMORY_NANOS = 60_000_000_000L;

    private long looked;
    private double good;
    private double bad;
    private double seconds;
    private boolean triedAgain;

    RecentOutcomes(long now) {
        looked = now;
    }

    /**
     * A delivery that took so long.
     *
     * @param failing the share of it that the sink will never take
     */
    void settled(long now, long nanos, double failing) {
        fade(now);
        good += 1 - failing;
        bad += failing;
        seconds += (1 - failing) * nanos / 1e9;
    }

    /** A delivery that failed. */
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

    /** 0 to 1; 0 when there were none lately. */
    double errorRate(long now) {
        return bad == 0 || isForgotten(now) ? 0 : bad / (good + bad);
    }

    /** The mean; 0 when there were none lately. */
    double latencySeconds(long now) {
        return good == 0 || isForgotten(now) ? 0 : seconds / good;
    }
}
