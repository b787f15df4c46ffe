package io.freshet.model.privacy;

/**
 * Converts between zero-concentrated differential privacy (ρ-zCDP; M. Bun, T. Steinke, TCC 2016), which adds up exactly over
 * mechanisms, and (ε, δ). Every α &gt; 1 gives a valid δ ≥ exp((α − 1)(αρ − ε)) · (1 − 1/α)<sup>α</sup> / (α − 1); the best α
 * is searched for (Corollary 13 of C. Canonne, G. Kamath, T. Steinke, NeurIPS 2020, arXiv:2004.00010).
 */
public final class ZeroConcentrated {

    private static final double LEAST_ALPHA = 1.01;
    private static final int STEPS = 200;

    private ZeroConcentrated() {
    }

    /** Returns the smallest known δ for which ρ-zCDP implies (ε, δ); at most 1. */
    public static double delta(double rho, double epsilon) {
        if (rho <= 0) {
            return 0;
        }
        double low = LEAST_ALPHA;
        double high = (epsilon + 1) / (2 * rho) + 2;
        for (int step = 0; step < STEPS; step++) {
            double alpha = (low + high) / 2;
            boolean falling = (2 * alpha - 1) * rho - epsilon + StrictMath.log1p(-1 / alpha) < 0;
            low = falling ? alpha : low;
            high = falling ? high : alpha;
        }
        double alpha = (low + high) / 2;
        double exponent = (alpha - 1) * (alpha * rho - epsilon) + alpha * StrictMath.log1p(-1 / alpha);
        return Math.min(1, StrictMath.exp(exponent) / (alpha - 1));
    }

    /** Returns the smallest known ε for which ρ-zCDP implies (ε, δ). */
    public static double epsilon(double rho, double delta) {
        if (rho <= 0) {
            return 0;
        }
        double low = 0;
        double high = rho + 2 * StrictMath.sqrt(rho * StrictMath.log(1 / delta));
        for (int step = 0; step < STEPS; step++) {
            double middle = (low + high) / 2;
            boolean enough = delta(rho, middle) <= delta;
            high = enough ? middle : high;
            low = enough ? low : middle;
        }
        return high;
    }

    /** Returns the largest ρ for which ρ-zCDP is known to imply (ε, δ). */
    public static double rho(double epsilon, double delta) {
        double low = 0;
        double high = epsilon + 1;
        for (int step = 0; step < STEPS; step++) {
            double middle = (low + high) / 2;
            boolean enough = delta(middle, epsilon) <= delta;
            low = enough ? middle : low;
            high = enough ? high : middle;
        }
        return low;
    }
}
