package io.freshet.model.relation;

/**
 * A relation with its evidence.
 *
 * @param relation the relation
 * @param gaps which rows lack a value although the relation gives one, or have one although it gives none
 * @param rows the number of rows of the table that have all the values the relation needs
 * @param broken the number of those rows that break it
 * @param chance the number of rows that would break it if the columns were independent
 * @param declared whether a user declared it
 */
public record FoundRelation(Relation relation, Gaps gaps, long rows, long broken, double chance, boolean declared) {

    /** Describes which missing values a complete relation does not explain. */
    public enum Gaps {
        /** The relation explains all missing values of the target. */
        NONE,
        /** The target may be missing where the relation gives a value. */
        TARGET,
        /** The target may also have a value where the relation gives none. */
        BOTH
    }

    /** Returns the share of rows that satisfy the relation. */
    public double rate() {
        return rows == 0 ? 1 : 1 - broken / (double) rows;
    }

    FoundRelation with(Relation other) {
        return new FoundRelation(other, gaps, rows, broken, chance, declared);
    }

    /** Returns whether the model must learn the values of the target as well. */
    public boolean isLearned() {
        return broken > 0 || gaps == Gaps.BOTH;
    }

    /** Returns whether a model must learn nothing but the missing values of the target. */
    boolean isComplete() {
        return relation instanceof CompleteRelation && !isLearned();
    }
}
