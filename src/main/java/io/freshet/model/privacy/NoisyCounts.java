package io.freshet.model.privacy;

import java.util.Arrays;

/** Counts with independent noise of known variances. Immutable. */
final class NoisyCounts {

    private final double[] values;
    private final double[] variances;

    NoisyCounts(double[] values, double[] variances) {
        this.values = values.clone();
        this.variances = variances.clone();
    }

    /** Creates counts whose noise has one variance. */
    static NoisyCounts of(double[] values, double variance) {
        double[] variances = new double[values.length];
        Arrays.fill(variances, variance);
        return new NoisyCounts(values, variances);
    }

    int size() {
        return values.length;
    }

    double value(int index) {
        return values[index];
    }

    double[] values() {
        return values.clone();
    }

    double variance(int index) {
        return variances[index];
    }

    /** Returns the standard deviation of the noise of the first count. */
    double deviation() {
        return StrictMath.sqrt(variances[0]);
    }

    double sum() {
        return Arrays.stream(values).sum();
    }

    /** Returns the variance of the sum. */
    double sumVariance() {
        return Arrays.stream(variances).sum();
    }

    /** Returns the same shares of another total. */
    NoisyCounts scaledTo(double total) {
        double factor = total / Math.max(1, sum());
        return new NoisyCounts(Arrays.stream(values).map(value -> value * factor).toArray(),
                Arrays.stream(variances).map(variance -> variance * factor * factor).toArray());
    }

    /**
     * Returns the sums of groups of counts.
     *
     * @param groups the group of each count; negative if it is left out
     */
    NoisyCounts grouped(int[] groups, int size) {
        double[] sums = new double[size];
        double[] sumVariances = new double[size];
        for (int i = 0; i < groups.length; i++) {
            if (groups[i] >= 0) {
                sums[groups[i]] += values[i];
                sumVariances[groups[i]] += variances[i];
            }
        }
        return new NoisyCounts(sums, sumVariances);
    }
}
