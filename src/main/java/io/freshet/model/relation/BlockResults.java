package io.freshet.model.relation;

/** Calculates the results of many rows at once: the same ones as row by row, but without a call for each. */
@FunctionalInterface
public interface BlockResults {

    /** Writes the results of the first rows of the batch; NaN where a number is missing. */
    void write(int rows, double[] results);
}
