package io.freshet.model;

import io.freshet.table.RowBatch;

/**
 * Draws rows. Holds only scratch memory and no position: any row can be drawn at any time, alone or in a block, with the same
 * result. Not thread-safe.
 */
public interface RowGenerator {

    /** Returns an empty batch with the vectors that this generator fills. */
    RowBatch newBatch(int capacity);

    /**
     * Fills the batch with the rows {@code firstRow} … {@code firstRow + rows − 1}.
     *
     * @param batch created by {@link #newBatch} of a generator of the same model
     * @param rows at most the capacity of the batch
     */
    void fill(RowBatch batch, long firstRow, int rows);
}
