package io.freshet.score;

/**
 * How well a column of real rows is predicted after learning from synthetic rows, and after learning from the same number of
 * real ones.
 *
 * @param target the column that is predicted from all others
 * @param metric {@code AUC} (categories: the most frequent one against the others) or {@code R2} (numbers, dates)
 * @param synthetic the score after learning from synthetic rows
 * @param real the score after learning from real rows
 * @param rows the number of rows in each training set
 */
public record UsefulnessScore(String target, String metric, double synthetic, double real, int rows) {
}
