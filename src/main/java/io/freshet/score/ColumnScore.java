package io.freshet.score;

import java.util.List;

/**
 * What was found of one column. Scores are 0 to 1; NaN where one is not defined.
 *
 * @param metric {@code KSComplement} (numbers, dates) or {@code TVComplement} (categories, booleans)
 * @param score how alike the distributions are
 * @param ceiling what real rows, drawn again, reach
 * @param adherence the share of values within the real range, or among the real categories
 * @param coverage how much of the real range, or of the real categories, there is
 * @param missingSimilarity how alike the shares of missing values are
 * @param distribution the two distributions, for people to look at
 */
public record ColumnScore(String name, String metric, double score, double ceiling, double adherence, double coverage,
        double missingSimilarity, List<Bar> distribution) {

    /** The shares of the values, among all that are there, that are in one class. */
    public record Bar(String label, double real, double synthetic) {
    }
}
