package io.freshet.score;

import java.util.Arrays;

import io.freshet.stats.Philox;

/** Parts of compared columns. */
final class RowSelection {

    private static final int RANDOM_TAG = 0x5C0F;

    private RowSelection() {
    }

    /** With at most so many real rows, the first. */
    static ComparedColumn first(ComparedColumn column, int rows) {
        if (column instanceof ComparedColumn.Continuous numbers) {
            return numbers.real().length <= rows ? column
                    : new ComparedColumn.Continuous(column.name(), Arrays.copyOf(numbers.real(), rows), numbers.synthetic());
        }
        ComparedColumn.Discrete codes = (ComparedColumn.Discrete) column;
        return codes.real().length <= rows ? column
                : new ComparedColumn.Discrete(column.name(), codes.labels(), Arrays.copyOf(codes.real(), rows),
                        codes.synthetic());
    }

    /** With random values of the real range, or among the real categories, in place of the synthetic ones. */
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
