package io.freshet.retail;

import io.freshet.stats.AliasTable;

/** How many lines receipts have: 1 + a negative binomial number, cut off at {@value #MOST_LINES} lines. */
final class BasketSizes {

    static final int MOST_LINES = 40;

    private BasketSizes() {
    }

    /** Draws the number of lines less one. */
    static AliasTable of(Parameters.Visits visits, double basket) {
        return AliasTable.of(probabilities(Math.max(1.01, visits.meanLines() * basket), visits.dispersion()));
    }

    /**
     * P(k) of a negative binomial with the mean {@code meanLines} − 1 and the variance mean + mean² / dispersion, by the
     * recurrence P(k + 1) = P(k) (k + r) / (k + 1) (1 − p).
     */
    static double[] probabilities(double meanLines, double dispersion) {
        double mean = meanLines - 1;
        double p = dispersion / (dispersion + mean);
        double[] probabilities = new double[MOST_LINES];
        probabilities[0] = StrictMath.pow(p, dispersion);
        for (int k = 0; k + 1 < MOST_LINES; k++) {
            probabilities[k + 1] = probabilities[k] * (k + dispersion) / (k + 1) * (1 - p);
        }
        return probabilities;
    }
}
