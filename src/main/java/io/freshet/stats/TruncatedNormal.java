package io.freshet.stats;

/** The standard normal distribution truncated to an interval, accurate far out in the tails. */
public final class TruncatedNormal {

    private static final double HALF_LOG_2PI = 0.91893853320467274178;
    private static final double SMALLEST = 1e-290;
    /**
     * The bound from which the asymptotic series is exact to 1e-12; at the bound, the probability itself is still a normal
     * double.
     */
    private static final double SERIES_FROM = 35;

    private TruncatedNormal() {
    }

    /** Returns ln P(a &lt; Z &lt; b); −∞ for an empty interval. */
    public static double logProbability(double a, double b) {
        if (!(a < b)) {
            return Double.NEGATIVE_INFINITY;
        }
        if (a > 0) {
            double upper = logUpperTail(a);
            return b == Double.POSITIVE_INFINITY ? upper
                    : upper + StrictMath.log1p(-StrictMath.exp(logUpperTail(b) - upper));
        }
        if (b < 0) {
            return logProbability(-b, -a);
        }
        double below = a == Double.NEGATIVE_INFINITY ? 0 : Normal.cumulative(a);
        double above = b == Double.POSITIVE_INFINITY ? 0 : Normal.cumulative(-b);
        return StrictMath.log1p(-below - above);
    }

    private static double logUpperTail(double x) {
        if (x < SERIES_FROM) {
            return StrictMath.log(Normal.cumulative(-x));
        }
        double y = 1 / (x * x);
        return -0.5 * x * x - StrictMath.log(x) - HALF_LOG_2PI
                + StrictMath.log1p(-y * (1 - 3 * y * (1 - 5 * y * (1 - 7 * y))));
    }

    /**
     * Returns the quantile {@code u} in (0, 1) of the distribution on [a, b]. Where the probability is too small for a
     * double, it returns the quantile of the Rayleigh tail.
     */
    public static double quantile(double a, double b, double u) {
        if (a > 0) {
            return -quantile(-b, -a, 1 - u);
        }
        double below = a == Double.NEGATIVE_INFINITY ? 0 : Normal.cumulative(a);
        double upTo = b == Double.POSITIVE_INFINITY ? 1 : Normal.cumulative(b);
        double p = below + u * (upTo - below);
        if (!(p > SMALLEST)) {
            double tail = StrictMath.sqrt(b * b - 2 * StrictMath.log(Math.max(u, 1e-17)));
            return Math.min(b, Math.max(a, -tail));
        }
        return p >= 1 ? Math.min(b, 8.2) : Math.min(Math.max(Normal.inverse(p), a), b);
    }
}
