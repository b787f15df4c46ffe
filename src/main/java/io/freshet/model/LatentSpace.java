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
        boolean[] latent = new boolean[columns.size()];
        boolean[] mayMiss = new boolean[columns.size()];
        for (int c = 0; c < latent.length; c++) {
            latent[c] = columns.get(c).values().isLatent();
            mayMiss[c] = columns.get(c).mayMiss();
        }
        return of(latent, mayMiss);
    }

    /**
     * @param latent for each column, whether its values come from a latent number
     * @param mayMiss for each column, whether values may be missing
     */
    static LatentSpace of(boolean[] latent, boolean[] mayMiss) {
        int[] values = new int[latent.length];
        int[] missing = new int[latent.length];
        int size = 0;
        int dependent = 0;
        for (int c = 0; c < latent.length; c++) {
            values[c] = latent[c] ? size++ : NONE;
            missing[c] = mayMiss[c] ? size++ : NONE;
            dependent = size <= MOST_DEPENDENT ? size : dependent;
        }
        return new LatentSpace(values, missing, size, dependent);
    }
}
