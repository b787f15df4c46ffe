package io.freshet.codec;

import io.freshet.table.ColumnVector;

/** Writes the values of one column for some rows of a batch, appending each to what the row already has. */
interface FieldWriter {

    /**
     * Returns the maximum number of bytes that writing any of the rows {@code from} … {@code from + rows − 1} touches,
     * including the overrun.
     */
    long widest(ColumnVector vector, int from, int rows);

    /**
     * Writes the rows {@code from} … {@code from + rows − 1}, for which {@link #widest} must have been called before.
     *
     * @param ends the current end of each of these rows, which is advanced
     */
    void write(ColumnVector vector, int from, int rows, byte[] bytes, int[] ends);
}
