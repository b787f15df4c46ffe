package io.freshet.retail;

import io.freshet.stats.AliasTable;

/**
 * The distribution of the number of receipt lines: 1 plus a negative binomial number, truncated at {@value #MAX_LINES}
 * lines.
 */
final class BasketSizes {

    static final int MAX_LINES = 40;

    private BasketSizes() {
    }

    /** Returns a table that draws the number of lines minus one. */
    static AliasTable of(Parameters.Visits visits, double basket) {
        return AliasTable.of(probabilities(Math.max(1.01, visits.meanLines() * basket), visits.dispersion()));
    }

    /**
     * Returns P(k) of a negative binomial distribution with the mean {@code meanLines} − 1 and the variance mean + mean² /
     * dispersion, by the recurrence P(k + 1) = P(k) (k + r) / (k + 1) (1 − p).
     */
    static double[] probabilities(double meanLines, double dispersion) {
        double mean = meanLines - 1;
        double p = dispersion / (dispersion + mean);
        double[] probabilities = new double[MAX_LINES];
        probabilities[0] = StrictMath.pow(p, dispersion);
        for (int k = 0; k + 1 < MAX_LINES; k++) {
            probabilities[k + 1] = probabilities[k] * (k + dispersion) / (k + 1) * (1 - p);
        }
        return probabilities;
    }
}
