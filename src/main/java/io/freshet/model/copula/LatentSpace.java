package io.freshet.model.copula;

import java.util.List;

import io.freshet.model.marginal.ColumnModel;

/**
 * Assigns latent standard normal numbers: one per column whose values are drawn from one, and one per column with missing
 * values, in the order of the columns. Only the first {@link #dependent} are correlated: a table of thousands of columns keeps
 * the dependence of those and draws the others independently, because a dense matrix over all of them would not fit into
 * memory.
 *
 * @param dependent at most {@link #MAX_DEPENDENT}; never ends between the dimensions of one column
 */
@SuppressWarnings("ArrayRecordComponent") // confined to this package, never compared
public record LatentSpace(int[] valueDimension, int[] missingDimension, int size, int dependent) {

    public static final int MAX_DEPENDENT = 384;
    static final int NONE = -1;

    public static LatentSpace of(List<ColumnModel> columns) {
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
    public static LatentSpace of(boolean[] latent, boolean[] mayMiss) {
        int[] values = new int[latent.length];
        int[] missing = new int[latent.length];
        int size = 0;
        int dependent = 0;
        for (int c = 0; c < latent.length; c++) {
            values[c] = latent[c] ? size++ : NONE;
            missing[c] = mayMiss[c] ? size++ : NONE;
            dependent = size <= MAX_DEPENDENT ? size : dependent;
        }
        return new LatentSpace(values, missing, size, dependent);
    }
}
