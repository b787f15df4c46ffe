package io.freshet.model;

import io.freshet.table.Schema;

/**
 * A fitted description of a table, from which rows are drawn. Immutable and thread-safe. Row <i>i</i> is a pure function of
 * (model, seed, conditions, <i>i</i>): the same on every machine and JDK.
 */
public interface SynthesisModel {

    SynthesisMethod method();

    /** The columns of the rows that are drawn: those of the table it was fitted to. */
    Schema schema();

    /** How many rows it was fitted to. */
    long fittedRows();

    /**
     * A generator of the rows of one seed that satisfy the conditions. Each caller takes its own.
     *
     * @throws ConditionException if a condition names no column, does not fit the column's type, or cannot be satisfied
     */
    RowGenerator generator(long seed, Conditions conditions);

    /**
     * The probability that a row satisfies the conditions: 1 when there are none.
     *
     * @throws ConditionException as {@link #generator}
     */
    double probability(Conditions conditions);
}
