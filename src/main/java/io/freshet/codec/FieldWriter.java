package io.freshet.codec;

import io.freshet.table.ColumnVector;

/** Writes the values of one column for some rows of a batch, each behind what the row has so far. */
interface FieldWriter {

    /** How many bytes one of the rows {@code from} … {@code from + rows − 1} takes at the most, with what it spills. */
    long widest(ColumnVector vector, int from, int rows);

    /**
     * Writes the rows {@code from} … {@code from + rows − 1}, for which {@link #widest} was asked before.
     *
     * @param ends for each of these rows, where it ends so far; moved on
     */
    void write(ColumnVector vector, int from, int rows, byte[] bytes, int[] ends);
}
