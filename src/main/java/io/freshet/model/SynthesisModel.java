package io.freshet.model;

import io.freshet.table.Schema;

/**
 * A fitted description of a table, from which rows are drawn. Immutable and thread-safe. Row <i>i</i> is a pure function of
 * (model, seed, conditions, <i>i</i>): the same on every machine and JDK.
 */
public interface SynthesisModel {

    SynthesisMethod method();

    /** Returns the columns of the drawn rows: those of the table to which the model was fitted. */
    Schema schema();

    /** Returns how many rows it was fitted to. */
    long fittedRows();

    /**
     * Returns a generator of the rows of one seed that satisfy the conditions. Each caller needs its own.
     *
     * @throws ConditionException if a condition refers to an unknown column, does not fit the column's type, or cannot be
     *         satisfied
     */
    RowGenerator generator(long seed, Conditions conditions);

    /**
     * Returns the probability that a row satisfies the conditions; 1 without conditions.
     *
     * @throws ConditionException as {@link #generator}
     */
    double probability(Conditions conditions);

    /** Returns the model of the dependence, beneath the layers that add constraints, relations and texts. */
    default SynthesisModel core() {
        return this;
    }
}
