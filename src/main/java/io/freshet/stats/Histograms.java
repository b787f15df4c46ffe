package io.freshet.stats;

import java.util.Arrays;

/**
 * The sums of the gradients, the sums of their second derivatives and the numbers of rows in each bin of each column, and the
 * split of them that lowers the loss most. Confined to one thread.
 */
final class Histograms {

    private static final double MIN_SECOND = 1e-3;

    private final BinnedColumns table;
    private final int minRows;
    private final double[] gradients;
    private final double[] seconds;
    private final int[] counts;

    /** The split that was found: its gain, 0 if there is none; its column; the first bin that goes right. */
    private double gain;
    private int column;
    private int bin;

    Histograms(BinnedColumns table, int minRows) {
        this.table = table;
        this.minRows = minRows;
        int size = table.first(table.columns());
        gradients = new double[size];
        seconds = new double[size];
        counts = new int[size];
    }

    /** Sums over {@code rows[from … to − 1]}. */
    void fill(int[] rows, int from, int to, double[] gradient, double[] second) {
        Arrays.fill(gradients, 0);
        Arrays.fill(seconds, 0);
        Arrays.fill(counts, 0);
        for (int c = 0; c < table.columns(); c++) {
            byte[] bins = table.bins(c);
            int first = table.first(c);
            for (int i = from; i < to; i++) {
                int row = rows[i];
                int at = first + (bins[row] & 0xff);
                gradients[at] += gradient[row];
                seconds[at] += second[row];
                counts[at]++;
            }
        }
    }

    /** Makes this the histograms of the rows of one that are not among those of another. */
    void difference(Histograms all, Histograms part) {
        for (int i = 0; i < counts.length; i++) {
            gradients[i] = all.gradients[i] - part.gradients[i];
            seconds[i] = all.seconds[i] - part.seconds[i];
            counts[i] = all.counts[i] - part.counts[i];
        }
    }

    /** Looks for the best split; afterwards {@link #gain()} says whether there is one. */
    void search() {
        gain = 0;
        for (int c = 0; c < table.columns(); c++) {
            search(c, table.first(c), table.first(c + 1));
        }
    }

    private void search(int of, int from, int to) {
        double allGradients = 0;
        double allSeconds = 0;
        int rows = 0;
        for (int i = from; i < to; i++) {
            allGradients += gradients[i];
            allSeconds += seconds[i];
            rows += counts[i];
        }
        double before = allGradients * allGradients / Math.max(MIN_SECOND, allSeconds);
        double left = 0;
        double leftSeconds = 0;
        int leftRows = 0;
        for (int i = from; i < to - 1 && rows - leftRows >= minRows; i++) {
            left += gradients[i];
            leftSeconds += seconds[i];
            leftRows += counts[i];
            double rightSeconds = allSeconds - leftSeconds;
            if (counts[i] == 0 || leftRows < minRows || rows - leftRows < minRows || leftSeconds < MIN_SECOND
                    || rightSeconds < MIN_SECOND) {
                continue;
            }
            double right = allGradients - left;
            double better = left * left / leftSeconds + right * right / rightSeconds - before;
            if (better > gain + 1e-9) {
                gain = better;
                column = of;
                bin = i + 1 - from;
            }
        }
    }

    double gain() {
        return gain;
    }

    int column() {
        return column;
    }

    int bin() {
        return bin;
    }
}
