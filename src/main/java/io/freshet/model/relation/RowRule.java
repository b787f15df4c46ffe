package io.freshet.model.relation;

/** A rule between the numbers of a few columns. */
@FunctionalInterface
interface RowRule {

    /** Returns whether these numbers break the rule. A missing number is NaN. */
    boolean broken(double[] values);
}
