package io.freshet.model;

import io.freshet.table.ColumnVector;

/** How the values of one column are drawn, missing ones aside. Immutable. */
sealed interface ValueModel permits StepValues, ContinuousValues, FloatingValues, TextValues {

    /** A vector that {@link #fill} can write. */
    ColumnVector newVector(int capacity);

    /** Whether the values come from a latent normal number. */
    boolean isLatent();

    /** Writes the values of the rows of a block into the vector made by {@link #newVector}. */
    void fill(ColumnVector vector, Block block);

    /**
     * What a value model draws from: the rows {@code firstRow} … of one block.
     *
     * @param z the latent numbers of the column; empty where it has none
     * @param cells scratch, as long as z
     * @param at where the block begins in the vector
     * @param rows how many rows
     * @param firstRow the index of the first row
     * @param column the column's position
     * @param seed the stream's seed
     */
    @SuppressWarnings("ArrayRecordComponent") // live scratch memory, never compared
    record Block(double[] z, int[] cells, int at, int rows, long firstRow, int column, long seed) {
    }
}
