package io.freshet.model;

import io.freshet.table.ColumnVector;

/** How the values of one column are drawn, missing ones aside. Immutable. */
sealed interface ValueModel permits StepValues, DependentSteps, ContinuousValues, FloatingValues, TextValues {

    /** A vector that {@link #fill} can write. */
    ColumnVector newVector(int capacity);

    /** Whether the values come from a latent normal number. */
    boolean isLatent();

    /**
     * Writes the values of a block into a vector made by {@link #newVector}; texts, which are not latent, are left as they are.
     *
     * @param z the latent numbers; empty where the column has none
     * @param cells scratch, as long as a block
     * @param at where the block begins in the vector
     */
    void fill(ColumnVector vector, double[] z, int[] cells, int at, int rows);
}
