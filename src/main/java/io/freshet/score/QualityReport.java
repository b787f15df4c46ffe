package io.freshet.score;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The scores of a table.
 *
 * @param sizes the numbers of rows that were compared
 * @param columns the scores of numbers, dates, categories and booleans
 * @param texts the scores of identifiers and free text
 * @param detection the detection score; empty if the table has only identifiers and free text
 * @param usefulness the usefulness; empty without a target
 */
public record QualityReport(Sizes sizes, List<ColumnScore> columns, List<PairScore> pairs, List<TextScore> texts,
        PrivacyScores privacy, Optional<DetectionScore> detection, Optional<UsefulnessScore> usefulness) {

    /**
     * Numbers of rows.
     *
     * @param real the rows of the hold-out
     * @param synthetic the rows that were drawn
     * @param training the rows to which the model was fitted; 0 if there are no training rows
     * @param compared the maximum number of rows of a table that scores use; larger tables are sampled
     */
    public record Sizes(long real, long synthetic, long training, long compared) {
    }

    public QualityReport {
        columns = List.copyOf(columns);
        pairs = List.copyOf(pairs);
        texts = List.copyOf(texts);
    }

    /** Returns what the scores mean, in words. */
    public Verdict verdict(String method) {
        return VerdictWriter.write(this, method);
    }

    public long realRows() {
        return sizes.real();
    }

    public long syntheticRows() {
        return sizes.synthetic();
    }

    /** Returns the pairs whose real columns depend on each other. */
    public List<PairScore> associatedPairs() {
        return pairs.stream().filter(PairScore::associated).toList();
    }

    /** Returns the mean over the associated pairs, as in the report of SDMetrics; NaN if there are none. */
    public double associatedPairTrends() {
        return mean(associatedPairs(), PairScore::score);
    }

    public double associatedPairTrendsCeiling() {
        return mean(associatedPairs(), PairScore::ceiling);
    }

    /** Returns the mean over the columns ({@code Column Shapes}). */
    public double columnShapes() {
        return mean(columns, ColumnScore::score);
    }

    public double columnShapesCeiling() {
        return mean(columns, ColumnScore::ceiling);
    }

    /** Returns the mean over the pairs ({@code Column Pair Trends}). */
    public double columnPairTrends() {
        return mean(pairs, PairScore::score);
    }

    public double columnPairTrendsCeiling() {
        return mean(pairs, PairScore::ceiling);
    }

    /** Returns the mean over the pairs that are scored by one metric; NaN if no pair is. */
    public double pairs(String metric) {
        return mean(pairs.stream().filter(pair -> pair.metric().equals(metric)).toList(), PairScore::score);
    }

    /** Returns the mean of shapes and trends ({@code Overall Quality}); without pairs, the mean of the shapes. */
    public double overall() {
        return Double.isNaN(columnPairTrends()) ? columnShapes() : (columnShapes() + columnPairTrends()) / 2;
    }

    public double overallCeiling() {
        return Double.isNaN(columnPairTrendsCeiling()) ? columnShapesCeiling()
                : (columnShapesCeiling() + columnPairTrendsCeiling()) / 2;
    }

    /** Returns the mean of the scores that are defined. */
    private static <T> double mean(List<T> all, ToDoubleFunction<T> score) {
        return all.stream().mapToDouble(score).filter(value -> !Double.isNaN(value)).average().orElse(Double.NaN);
    }
}
