package io.freshet.score;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Measures how close synthetic rows come to real ones. The distance of two rows is the mean over the columns. For numbers
 * it is the difference as a fraction of the real range, at most 1; for categories it is 0 or 1. Two missing values have
 * distance 0, and a missing value has distance 1 to any other.
 */
final class PrivacyMetrics {

    /** Numbers match if they differ by at most this fraction of the synthetic number. */
    private static final double TOLERANCE = .01;

    private PrivacyMetrics() {
    }

    /**
     * Returns the distance of each of the first synthetic rows to the closest real row.
     *
     * @param rows the maximum number of synthetic rows
     * @param ranges the divisor of the differences of each column
     */
    static double[] distances(List<ComparedColumn> columns, int rows, double[] ranges) {
        double[][] a = new double[columns.size()][];
        double[][] b = new double[columns.size()][];
        for (int c = 0; c < columns.size(); c++) {
            a[c] = Side.SYNTHETIC.cells(columns.get(c));
            b[c] = Side.REAL.cells(columns.get(c));
        }
        double[] closest = new double[Math.min(rows, a.length == 0 ? 0 : a[0].length)];
        for (int i = 0; i < closest.length; i++) {
            closest[i] = closest(a, i, b, ranges);
        }
        return closest;
    }

    /** One of the two tables of a compared column. */
    enum Side {
        REAL,
        SYNTHETIC;

        double[] cells(ComparedColumn column) {
            if (column instanceof ComparedColumn.Continuous numbers) {
                return this == REAL ? numbers.real() : numbers.synthetic();
            }
            ComparedColumn.Discrete codes = (ComparedColumn.Discrete) column;
            return Arrays.stream(this == REAL ? codes.real() : codes.synthetic())
                    .mapToDouble(code -> code < 0 ? Double.NaN : code).toArray();
        }
    }

    /**
     * Returns the divisor for the differences of each column, which is its real range; 0 for columns whose values are only
     * equal or different.
     */
    static double[] ranges(List<ComparedColumn> columns) {
        return columns.stream().mapToDouble(PrivacyMetrics::range).toArray();
    }

    private static double range(ComparedColumn column) {
        if (column instanceof ComparedColumn.Continuous numbers) {
            double[] sorted = ColumnMetrics.sortedValues(numbers.real());
            return sorted.length == 0 ? 0 : sorted[sorted.length - 1] - sorted[0];
        }
        return 0;
    }

    private static double closest(double[][] a, int row, double[][] b, double[] ranges) {
        double closest = a.length;
        for (int other = 0; other < b[0].length; other++) {
            double distance = 0;
            for (int c = 0; c < a.length && distance < closest; c++) {
                distance += distance(a[c][row], b[c][other], ranges[c]);
            }
            closest = Math.min(closest, distance);
        }
        return closest / a.length;
    }

    private static double distance(double x, double y, double range) {
        if (Double.isNaN(x) || Double.isNaN(y)) {
            return Double.isNaN(x) && Double.isNaN(y) ? 0 : 1;
        }
        if (x == y) {
            return 0;
        }
        return range == 0 ? 1 : Math.min(1, Math.abs(x - y) / range);
    }

    static double median(double[] values) {
        double[] sorted = DoubleStream.of(values).sorted().toArray();
        int n = sorted.length;
        return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }

    /** Returns the median distance as a fraction of the median distance of random rows, at most 1. */
    static double baselineProtection(double[] synthetic, double[] random) {
        double baseline = median(random);
        return baseline == 0 ? Double.NaN : Math.min(1, median(synthetic) / baseline);
    }

    /**
     * Returns 1 if at most half of the rows are closer to the training rows than to the hold-out rows. The result decreases as
     * more rows are.
     */
    static double overfittingProtection(double[] toTraining, double[] toHoldOut) {
        int closer = 0;
        for (int i = 0; i < toTraining.length; i++) {
            closer += toTraining[i] < toHoldOut[i] ? 1 : 0;
        }
        return Math.min(1, 2 * (1 - closer / (double) toTraining.length));
    }

    /** Returns the share of synthetic rows that no real row matches. */
    static double newRows(List<ComparedColumn> columns, int rows) {
        double[][] made = columns.stream().map(Side.SYNTHETIC::cells).toArray(double[][]::new);
        double[][] real = columns.stream().map(Side.REAL::cells).toArray(double[][]::new);
        boolean[] continuous = new boolean[columns.size()];
        for (int c = 0; c < continuous.length; c++) {
            continuous[c] = columns.get(c) instanceof ComparedColumn.Continuous;
        }
        int used = Math.min(rows, made[0].length);
        int fresh = 0;
        for (int i = 0; i < used; i++) {
            fresh += isAmong(made, i, real, continuous) ? 0 : 1;
        }
        return fresh / (double) used;
    }

    private static boolean isAmong(double[][] made, int row, double[][] real, boolean[] continuous) {
        for (int other = 0; other < real[0].length; other++) {
            boolean same = true;
            for (int c = 0; c < made.length && same; c++) {
                same = matches(made[c][row], real[c][other], continuous[c]);
            }
            if (same) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(double made, double real, boolean continuous) {
        if (Double.isNaN(made) || Double.isNaN(real)) {
            return Double.isNaN(made) && Double.isNaN(real);
        }
        return continuous ? Math.abs(real - made) <= Math.abs(made * TOLERANCE) : made == real;
    }
}
