package io.freshet.table;

/**
 * The values of one column for the rows of a {@link RowBatch}, in a primitive array. The hot path reads and writes the array
 * directly. Not thread-safe.
 */
public sealed interface ColumnVector permits CodedVector, NumberVector, FloatingVector, TextVector {

    /** Returns how many rows fit. */
    int capacity();

    boolean isMissing(int row);

    void setMissing(int row);

    /** Returns whether all values that it will ever hold are integers of 32 bits. */
    default boolean isInt32() {
        return false;
    }
}
