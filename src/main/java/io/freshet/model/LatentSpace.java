package io.freshet.model;

import java.util.List;

/**
 * Which latent standard normal number decides what: one per column whose values are drawn from one, and one per column that may
 * miss values, in the order of the columns. Only the first {@link #dependent} are correlated; a table of thousands of columns
 * keeps their dependence and draws the others independently, because a dense matrix over all of them would not fit.
 *
 * @param dependent at most {@link #MOST_DEPENDENT}; never ends between the dimensions of one column
 */
@SuppressWarnings("ArrayRecordComponent") // confined to this package, never compared
record LatentSpace(int[] valueDimension, int[] missingDimension, int size, int dependent) {

    static final int MOST_DEPENDENT = 384;
    static final int NONE = -1;

    static LatentSpace of(List<ColumnModel> columns) {
        int[] values = new int[columns.size()];
        int[] missing = new int[columns.size()];
        int size = 0;
        int dependent = 0;
        for (int c = 0; c < columns.size(); c++) {
            values[c] = columns.get(c).values().isLatent() ? size++ : NONE;
            missing[c] = columns.get(c).mayMiss() ? size++ : NONE;
            dependent = size <= MOST_DEPENDENT ? size : dependent;
        }
        return new LatentSpace(values, missing, size, dependent);
    }
}
