package io.freshet.score;

import java.util.List;

/**
 * The scores of one column, from 0 to 1; a score is NaN where it is not defined.
 *
 * @param metric {@code KSComplement} (numbers, dates) or {@code TVComplement} (categories, booleans)
 * @param score the similarity of the distributions
 * @param ceiling the score of other real rows
 * @param adherence the share of synthetic values within the real range, or among the real categories
 * @param coverage the share of the real range, or of the real categories, that the synthetic values cover
 * @param missingSimilarity the similarity of the shares of missing values
 * @param distribution the two distributions, for display
 */
public record ColumnScore(String name, String metric, double score, double ceiling, double adherence, double coverage,
        double missingSimilarity, List<Bar> distribution) {

    /** The shares of the non-missing values that fall into one class. */
    public record Bar(String label, double real, double synthetic) {
    }
}
