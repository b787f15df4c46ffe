package io.freshet.model.marginal;

import java.util.stream.IntStream;

/**
 * The distinct numbers of a column in ascending order, and how many rows support each.
 *
 * @param masses the mass of each value; they need not sum to one
 * @param rows how many rows have each value, as far as is known
 * @param exact whether a model may contain each value exactly
 * @param whole whether all numbers are integers
 * @param listed whether there are few enough values to keep every exact one
 */
@SuppressWarnings("ArrayRecordComponent") // confined to this package, never compared
public record CountedNumbers(double[] values, double[] masses, double[] rows, boolean[] exact, boolean whole, boolean listed) {

    public static final CountedNumbers NONE = new CountedNumbers(new double[0], new double[0], new double[0], new boolean[0],
            true,
            true);

    /** Columns with more distinct values than this are not listed. */
    public static final int MAX_LISTED = 4096;

    /** Creates the numbers of a column whose rows are counted. */
    public static CountedNumbers ofRows(double[] values, double[] rows, boolean whole) {
        return new CountedNumbers(values, rows, rows, RareValues.frequent(rows), whole, values.length <= MAX_LISTED);
    }

    public int size() {
        return values.length;
    }

    /**
     * Returns some of the values, in a part of the rows; what may be disclosed of all rows may be disclosed of a part.
     *
     * @param ranks the ranks of the values, ascending
     * @param rowsThere as many: how many rows of the part have them
     */
    public CountedNumbers within(int[] ranks, double[] rowsThere) {
        boolean[] exactThere = new boolean[ranks.length];
        IntStream.range(0, ranks.length).forEach(i -> exactThere[i] = exact[ranks[i]]);
        return new CountedNumbers(IntStream.of(ranks).mapToDouble(rank -> values[rank]).toArray(), rowsThere, rowsThere,
                exactThere, whole, listed);
    }
}
