package io.freshet.codec;

import io.freshet.table.ColumnVector;

/** Writes the values of one column for all rows of a batch, each behind what the row has so far. */
interface FieldWriter {

    /** How many bytes a row of this batch takes at the most. */
    int widest(ColumnVector vector, int rows);

    /**
     * @param ends for each row, where it ends so far; moved on
     */
    void write(ColumnVector vector, byte[] bytes, int[] ends, int rows);
}
