package io.freshet.score;

import java.util.Optional;

/**
 * How well a column of real rows is predicted after learning from synthetic rows, and after learning from the same number of
 * real ones.
 *
 * @param target the column that is predicted from all others
 * @param metric {@code AUC} (categories: the most frequent one against the others) or {@code R2} (numbers, dates)
 * @param synthetic the score after learning from synthetic rows
 * @param real the score after learning from real rows
 * @param rows the number of rows in each training set
 * @param rare how many rows have another value than the most frequent one; empty for numbers and dates
 */
public record UsefulnessScore(String target, String metric, double synthetic, double real, int rows, Optional<Rare> rare) {

    /** A score that is tested on fewer rare values than this says nothing. */
    private static final int FEWEST = 20;

    /**
     * The number of rows that do not have the most frequent value of the target.
     *
     * @param tested those of the real rows that are predicted
     * @param synthetic those of the synthetic rows that are learned from
     * @param real those of the real rows that are learned from
     */
    public record Rare(int tested, int synthetic, int real) {
    }

    /** Returns whether there are enough rare values to judge by. */
    public boolean isJudged() {
        return rare.stream().allMatch(found -> Math.min(found.tested(), found.real()) >= FEWEST);
    }
}
