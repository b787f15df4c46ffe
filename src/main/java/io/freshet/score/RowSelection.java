package io.freshet.score;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import io.freshet.stats.Permutation;
import io.freshet.stats.Philox;

/** Selects or replaces rows of compared columns. */
final class RowSelection {

    private static final int RANDOM_TAG = 0x5C0F;

    private RowSelection() {
    }

    /** Returns at most {@code max} of the indexes 0 … size − 1, ascending: all of them, or a seeded sample. */
    static int[] sample(int size, int max, long seed) {
        if (size <= max) {
            return IntStream.range(0, size).toArray();
        }
        Permutation order = Permutation.of(size, seed);
        return IntStream.range(0, max).map(i -> (int) order.apply(i)).sorted().toArray();
    }

    /** Returns the columns with at most these numbers of real and synthetic rows, sampled. */
    static List<ComparedColumn> sample(List<ComparedColumn> columns, int real, int synthetic, long seed) {
        if (columns.isEmpty()) {
            return columns;
        }
        int[] ofReal = sample(columns.get(0).realRows(), real, seed);
        int[] ofSynthetic = sample(columns.get(0).syntheticRows(), synthetic, seed + 1);
        return columns.stream().map(column -> column.rows(ofReal, ofSynthetic)).toList();
    }

    /**
     * Returns the column with random values in place of the synthetic ones. They are drawn uniformly from the real range,
     * or from the real categories.
     */
    static ComparedColumn random(ComparedColumn column, int rows, long seed) {
        int tag = RANDOM_TAG + column.name().hashCode();
        if (column instanceof ComparedColumn.Continuous numbers) {
            double[] sorted = ColumnMetrics.sortedValues(numbers.real());
            double[] random = new double[rows];
            for (int i = 0; i < rows; i++) {
                random[i] = sorted.length == 0 ? Double.NaN
                        : sorted[0] + uniform(i, tag, seed) * (sorted[sorted.length - 1] - sorted[0]);
            }
            return new ComparedColumn.Continuous(column.name(), numbers.real(), random);
        }
        ComparedColumn.Discrete codes = (ComparedColumn.Discrete) column;
        int[] levels = Arrays.stream(codes.real()).filter(code -> code >= 0).distinct().toArray();
        int[] random = new int[rows];
        for (int i = 0; i < rows; i++) {
            random[i] = levels.length == 0 ? -1 : levels[(int) (uniform(i, tag, seed) * levels.length)];
        }
        return new ComparedColumn.Discrete(column.name(), codes.labels(), codes.real(), random);
    }

    private static double uniform(int row, int tag, long seed) {
        return Philox.uniform(Philox.word(row, 0, tag, seed));
    }
}
