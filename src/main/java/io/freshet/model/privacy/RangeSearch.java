package io.freshet.model.privacy;

/**
 * Buys the range of a column of numbers whose bounds are not declared: noisy counts of the orders of magnitude, from which the
 * smallest range remains that holds all orders with clearly more than no rows.
 */
final class RangeSearch {

    private static final int ORDERS = 54;
    private static final double CLEAR = 4;
    /** Orders with fewer rows than this share are left out, at both ends. */
    private static final double LEAST_SHARE = 1e-3;

    private RangeSearch() {
    }

    /**
     * Returns the smallest and the largest number, both powers of two or 0.
     *
     * @param values whole numbers; NaN if missing
     */
    static double[] range(NoisyQueries queries, double[] values, double rho) {
        long[] counts = new long[2 * ORDERS + 1];
        for (double value : values) {
            if (!Double.isNaN(value)) {
                counts[order(value)]++;
            }
        }
        NoisyCounts noisy = queries.counts(counts, rho);
        double least = Math.max(CLEAR * noisy.deviation(), LEAST_SHARE * noisy.sum());
        int first = 0;
        while (first < counts.length && noisy.value(first) < least) {
            first++;
        }
        int last = counts.length - 1;
        while (last > first && noisy.value(last) < least) {
            last--;
        }
        return first == counts.length ? new double[] { 0, 1 } : new double[] { low(first), high(last) };
    }

    /** Returns ORDERS for 0, the orders of magnitude of positive numbers above it, and those of negative ones below. */
    private static int order(double value) {
        int magnitude = value == 0 ? 0 : Math.min(ORDERS, Math.getExponent(value) + 1);
        return ORDERS + (value < 0 ? -1 : 1) * Math.max(0, magnitude);
    }

    private static double low(int order) {
        int magnitude = order - ORDERS;
        return magnitude > 0 ? Math.scalb(1, magnitude - 1) : magnitude == 0 ? 0 : 1 - Math.scalb(1, -magnitude);
    }

    private static double high(int order) {
        int magnitude = order - ORDERS;
        return magnitude > 0 ? Math.scalb(1, magnitude) - 1 : magnitude == 0 ? 0 : -Math.scalb(1, -magnitude - 1);
    }
}
