package io.freshet.score;

/**
 * What was found of two columns.
 *
 * @param metric {@code CorrelationSimilarity} (numbers, dates) or {@code ContingencySimilarity}
 * @param score how alike the dependences are, 0 to 1; NaN where it is not defined
 * @param ceiling what real rows, drawn again, reach
 */
public record PairScore(String first, String second, String metric, double score, double ceiling) {
}
