package io.freshet.model.marginal;

import io.freshet.table.ColumnVector;

/** How the values of one column are drawn, apart from missing ones. Immutable. */
public sealed interface ValueModel permits StepValues, DependentSteps, ContinuousValues, FloatingValues, TextValues {

    /** Returns a vector that {@link #fill} can write. */
    ColumnVector newVector(int capacity);

    /** Returns whether the values come from a latent normal number. */
    boolean isLatent();

    /**
     * Writes the values of a block into a vector created by {@link #newVector}; texts, which are not latent, remain unchanged.
     *
     * @param z the latent numbers; empty if the column has none
     * @param scratch scratch, as long as a block
     * @param at where the block begins in the vector
     */
    void fill(ColumnVector vector, double[] z, int[] scratch, int at, int rows);
}
