package io.freshet.score;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * How near synthetic rows come to real ones. The distance of two rows is the mean over the columns: for numbers the
 * difference as a part of the real range, at most 1; for categories 0 or 1; missing values are alike among themselves and 1
 * from all others.
 */
final class PrivacyMetrics {

    /** Numbers match when they differ by at most this part of the synthetic one. */
    private static final double TOLERANCE = .01;

    private PrivacyMetrics() {
    }

    /**
     * For each of the first synthetic rows the distance to the closest real one.
     *
     * @param ranges what differences are divided by
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

    /** A table of the two that a column holds. */
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

    /** What differences of each column are divided by: its real range; 0 says that values are equal or not. */
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

    /** The median distance as a part of that of random rows, at most 1. */
    static double baselineProtection(double[] synthetic, double[] random) {
        double baseline = median(random);
        return baseline == 0 ? Double.NaN : Math.min(1, median(synthetic) / baseline);
    }

    /** 1 when no more than half of the rows are closer to the rows that were learned than to the hold-out. */
    static double overfittingProtection(double[] toTraining, double[] toHoldOut) {
        int closer = 0;
        for (int i = 0; i < toTraining.length; i++) {
            closer += toTraining[i] < toHoldOut[i] ? 1 : 0;
        }
        return Math.min(1, 2 * (1 - closer / (double) toTraining.length));
    }

    /** The share of synthetic rows that no real row matches. */
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
