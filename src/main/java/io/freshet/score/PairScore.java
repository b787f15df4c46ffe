package io.freshet.score;

/**
 * The score of a pair of columns.
 *
 * @param metric {@code CorrelationSimilarity} (numbers, dates) or {@code ContingencySimilarity}
 * @param score the similarity of the dependences, from 0 to 1; NaN where it is not defined
 * @param ceiling the score of other real rows
 * @param associated whether the real columns depend on each other: a correlation beyond ±.5, or an association (Cramér's V,
 *        with numbers in classes) above .3
 */
public record PairScore(String first, String second, String metric, double score, double ceiling,
        boolean associated) {
}
