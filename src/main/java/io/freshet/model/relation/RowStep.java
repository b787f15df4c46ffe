package io.freshet.model.relation;

/** An operation on one row of a batch. Not thread-safe. */
@FunctionalInterface
public interface RowStep {

    void apply(int row);

    /** Operates on the first rows of the batch, one after the other. */
    default void applyAll(int rows) {
        for (int row = 0; row < rows; row++) {
            apply(row);
        }
    }
}
