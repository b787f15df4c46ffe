package io.freshet.model.marginal;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The distribution of a column in one part of a mixture.
 *
 * @param missing the share of the part's rows without a value
 * @param numbers the distinct values in the part's own order, for a column of numbers, dates or booleans; otherwise empty
 * @param texts the same for a column of categories
 * @param masses the masses of these values, which sum to one, or are empty
 * @param rows how many rows have each value, as far as is known
 * @param exact whether a model may contain each value exactly
 * @param continuous whether the values stand for their neighbourhood
 */
@SuppressWarnings("ArrayRecordComponent") // confined to this package, never compared
public record PartColumn(double missing, double[] numbers, List<String> texts, double[] masses, double[] rows, boolean[] exact,
        boolean continuous) {

    /** Creates a column from values that a model lists, and that may therefore be disclosed. */
    static PartColumn listed(double missing, double[] numbers, List<String> texts, double[] masses) {
        double[] rows = new double[masses.length];
        Arrays.fill(rows, RareValues.FEWEST_ROWS);
        return new PartColumn(missing, numbers, texts, masses, rows, RareValues.frequent(rows), false);
    }

    /** Creates a column from the values of rows. */
    public static PartColumn ofRows(double missing, double[] numbers, List<String> texts, double[] rows) {
        double all = DoubleStream.of(rows).sum();
        return new PartColumn(missing, numbers, texts, DoubleStream.of(rows).map(count -> count / all).toArray(), rows,
                RareValues.frequent(rows), false);
    }

    /** Returns the number of distinct values. */
    public int size() {
        return masses.length;
    }
}
