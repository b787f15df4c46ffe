package io.freshet.stats;

import java.util.Arrays;
import java.util.List;

/**
 * The rows of a table as bins, at most {@value #MAX_BINS} for each column, for learners that work on histograms. Bin 0 holds
 * missing values. Immutable.
 */
public final class BinnedColumns {

    /** The largest number of bins of a column, the bin of missing values included. */
    public static final int MAX_BINS = 256;
    /** A small table has fewer bins, because sums over empty ones take most of the time. */
    private static final int MIN_BINS = 32;
    private static final int ROWS_PER_BIN = 8;

    private final byte[][] bins;
    /** By column, and one more: where its bins begin in a histogram of all columns. */
    private final int[] first;
    private final int rows;

    private BinnedColumns(byte[][] bins, int[] first, int rows) {
        this.bins = bins;
        this.first = first;
        this.rows = rows;
    }

    /**
     * Divides numbers into bins of about equal numbers of rows: one for each distinct number, but at most one for each eight
     * rows,
     * and at most {@value #MAX_BINS} − 1.
     *
     * @param columns by column and row; NaN where the value is missing
     * @throws IllegalArgumentException if the columns have different lengths, or there is none
     */
    public static BinnedColumns of(List<double[]> columns) {
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("no columns");
        }
        int rows = columns.get(0).length;
        byte[][] bins = new byte[columns.size()][];
        int[] first = new int[columns.size() + 1];
        for (int c = 0; c < bins.length; c++) {
            double[] values = columns.get(c);
            if (values.length != rows) {
                throw new IllegalArgumentException("columns of " + values.length + " and " + rows + " rows");
            }
            double[] edges = edges(values);
            bins[c] = new byte[rows];
            for (int row = 0; row < rows; row++) {
                bins[c][row] = (byte) bin(edges, values[row]);
            }
            first[c + 1] = first[c] + edges.length + 1;
        }
        return new BinnedColumns(bins, first, rows);
    }

    /** The least value of each bin but that of missing values, ascending. */
    private static double[] edges(double[] values) {
        double[] sorted = Arrays.stream(values).filter(value -> !Double.isNaN(value)).sorted().toArray();
        double[] distinct = Arrays.stream(sorted).distinct().toArray();
        int max = Math.max(MIN_BINS, Math.min(MAX_BINS - 1, values.length / ROWS_PER_BIN));
        if (distinct.length <= max) {
            return distinct;
        }
        double[] edges = new double[max];
        for (int k = 0; k < edges.length; k++) {
            edges[k] = sorted[(int) ((long) k * sorted.length / edges.length)];
        }
        return Arrays.stream(edges).distinct().toArray();
    }

    private static int bin(double[] edges, double value) {
        if (Double.isNaN(value)) {
            return 0;
        }
        int found = Arrays.binarySearch(edges, value);
        return found >= 0 ? found + 1 : Math.max(1, -found - 1);
    }

    /** Returns the number of rows. */
    public int rows() {
        return rows;
    }

    /** Returns the number of columns. */
    public int columns() {
        return bins.length;
    }

    /** The bins of a column by row, as unsigned bytes. */
    byte[] bins(int column) {
        return bins[column];
    }

    /** Where the bins of a column begin in a histogram of all columns. */
    int first(int column) {
        return first[column];
    }
}
