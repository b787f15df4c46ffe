package io.freshet.table;

/**
 * The values of one column for the rows of a {@link RowBatch}, in a primitive array that is handed out as it is: the hot path
 * reads and writes it directly. Not thread-safe.
 */
public sealed interface ColumnVector permits CodedVector, NumberVector, FloatingVector, TextVector {

    /** How many rows fit. */
    int capacity();

    boolean isMissing(int row);

    void setMissing(int row);
}
