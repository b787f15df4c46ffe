package io.freshet.model;

import io.freshet.table.RowBatch;

/**
 * Draws rows. Holds scratch memory only, no position: any row can be drawn at any time, alone or in a block, with the same
 * result. Not thread-safe.
 */
public interface RowGenerator {

    /** An empty batch with the vectors this generator fills. */
    RowBatch newBatch(int capacity);

    /**
     * Fills the batch with the rows {@code firstRow} … {@code firstRow + rows − 1}.
     *
     * @param batch made by {@link #newBatch} of a generator of the same model
     * @param rows at most the capacity of the batch
     */
    void fill(RowBatch batch, long firstRow, int rows);
}
