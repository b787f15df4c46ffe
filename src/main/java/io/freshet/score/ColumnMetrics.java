package io.freshet.score;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Scores of one column, 0 to 1, by the definitions of SDMetrics. NaN where a score is not defined: one of the tables has no
 * values, say.
 */
final class ColumnMetrics {

    private ColumnMetrics() {
    }

    /** One minus the Kolmogorov–Smirnov statistic of two samples; missing values (NaN) are left out. */
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

    /** One minus the total variation distance of the shares of the categories; missing values (−1) are left out. */
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

    /** The share of synthetic values between the smallest and the largest real one. */
    static double boundaryAdherence(double[] real, double[] synthetic) {
        double[] a = sortedValues(real);
        double[] b = sortedValues(synthetic);
        if (a.length == 0 || b.length == 0) {
            return Double.NaN;
        }
        double least = a[0];
        double greatest = a[a.length - 1];
        return DoubleStream.of(b).filter(value -> value >= least && value <= greatest).count() / (double) b.length;
    }

    /** The share of synthetic values that are among the real ones; a missing value counts as one of them. */
    static double categoryAdherence(int[] real, int[] synthetic, int levels) {
        boolean[] known = present(real, levels);
        return IntStream.of(synthetic).filter(code -> known[code + 1]).count() / (double) synthetic.length;
    }

    /** Whether missing (at 0) and each level (at its code plus 1) occurs. */
    private static boolean[] present(int[] codes, int levels) {
        boolean[] present = new boolean[levels + 1];
        for (int code : codes) {
            present[code + 1] = true;
        }
        return present;
    }

    /** How much of the range of the real values the synthetic ones span. */
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

    /** How many of the real categories occur among the synthetic ones. */
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

    /** One minus the difference of the shares of missing values. */
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
