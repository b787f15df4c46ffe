package io.freshet.model.relation;

/** An operation on one row of a batch. Not thread-safe. */
@FunctionalInterface
public interface RowStep {

    void apply(int row);
}
