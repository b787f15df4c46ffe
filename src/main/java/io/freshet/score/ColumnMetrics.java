package io.freshet.score;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Computes the scores of one column, from 0 to 1, as SDMetrics defines them. A score is NaN where it is not defined, for
 * example when one of the tables has no values.
 */
final class ColumnMetrics {

    private ColumnMetrics() {
    }

    /** Returns one minus the Kolmogorov–Smirnov statistic of two samples. Missing values (NaN) are ignored. */
    static double ksComplement(double[] real, double[] synthetic) {
        double[] a = sortedValues(real);
        double[] b = sortedValues(synthetic);
        if (a.length == 0 || b.length == 0) {
            return Double.NaN;
        }
        double largest = 0;
        int i = 0;
        int j = 0;
        while (i < a.length && j < b.length) {
            double value = Math.min(a[i], b[j]);
            while (i < a.length && a[i] == value) {
                i++;
            }
            while (j < b.length && b[j] == value) {
                j++;
            }
            largest = Math.max(largest, Math.abs(i / (double) a.length - j / (double) b.length));
        }
        return 1 - largest;
    }

    static double[] sortedValues(double[] values) {
        return DoubleStream.of(values).filter(value -> !Double.isNaN(value)).sorted().toArray();
    }

    /** Returns one minus the total variation distance between the category shares. Missing values (−1) are ignored. */
    static double tvComplement(int[] real, int[] synthetic, int levels) {
        double[] p = shares(real, levels);
        double[] q = shares(synthetic, levels);
        double distance = 0;
        for (int level = 0; level < levels; level++) {
            distance += Math.abs(p[level] - q[level]);
        }
        return 1 - distance / 2;
    }

    private static double[] shares(int[] codes, int levels) {
        double[] shares = new double[levels];
        long values = IntStream.of(codes).filter(code -> code >= 0).count();
        for (int code : codes) {
            if (code >= 0) {
                shares[code] += 1;
            }
        }
        for (int level = 0; level < levels; level++) {
            shares[level] /= values;
        }
        return shares;
    }

    /** Returns the share of synthetic values between the smallest and the largest real value. */
    static double boundaryAdherence(double[] real, double[] synthetic) {
        double[] a = sortedValues(real);
        double[] b = sortedValues(synthetic);
        if (a.length == 0 || b.length == 0) {
            return Double.NaN;
        }
        double min = a[0];
        double max = a[a.length - 1];
        return DoubleStream.of(b).filter(value -> value >= min && value <= max).count() / (double) b.length;
    }

    /** Returns the share of synthetic values that occur among the real values. A missing value counts as a category. */
    static double categoryAdherence(int[] real, int[] synthetic, int levels) {
        boolean[] known = present(real, levels);
        return IntStream.of(synthetic).filter(code -> known[code + 1]).count() / (double) synthetic.length;
    }

    /** Returns which categories occur: missing at index 0, and each level at its code plus 1. */
    private static boolean[] present(int[] codes, int levels) {
        boolean[] present = new boolean[levels + 1];
        for (int code : codes) {
            present[code + 1] = true;
        }
        return present;
    }

    /** Returns the share of the real range that the synthetic values span. */
    static double rangeCoverage(double[] real, double[] synthetic) {
        double[] a = sortedValues(real);
        double[] b = sortedValues(synthetic);
        if (a.length == 0 || b.length == 0 || a[0] == a[a.length - 1]) {
            return Double.NaN;
        }
        double range = a[a.length - 1] - a[0];
        double below = Math.max(0, (b[0] - a[0]) / range);
        double above = Math.max(0, (a[a.length - 1] - b[b.length - 1]) / range);
        return Math.max(0, 1 - below - above);
    }

    /** Returns the share of the real categories that occur among the synthetic values. */
    static double categoryCoverage(int[] real, int[] synthetic, int levels) {
        boolean[] known = present(real, levels);
        boolean[] made = present(synthetic, levels);
        int of = 0;
        int covered = 0;
        for (int level = 1; level <= levels; level++) {
            of += known[level] ? 1 : 0;
            covered += known[level] && made[level] ? 1 : 0;
        }
        return covered / (double) of;
    }

    /** Returns one minus the difference between the shares of missing values. */
    static double missingValueSimilarity(double realShare, double syntheticShare) {
        return 1 - Math.abs(realShare - syntheticShare);
    }

    static double missingShare(double[] values) {
        return Arrays.stream(values).filter(Double::isNaN).count() / (double) values.length;
    }

    static double missingShare(int[] codes) {
        return IntStream.of(codes).filter(code -> code < 0).count() / (double) codes.length;
    }
}
