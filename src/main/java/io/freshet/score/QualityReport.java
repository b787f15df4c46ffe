package io.freshet.score;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What was found of a table.
 *
 * @param realRows how many real rows were compared
 * @param syntheticRows how many synthetic ones
 */
public record QualityReport(long realRows, long syntheticRows, List<ColumnScore> columns, List<PairScore> pairs,
        PrivacyScores privacy) {

    public QualityReport {
        columns = List.copyOf(columns);
        pairs = List.copyOf(pairs);
    }

    /** The mean over the columns ({@code Column Shapes}). */
    public double columnShapes() {
        return mean(columns, ColumnScore::score);
    }

    public double columnShapesCeiling() {
        return mean(columns, ColumnScore::ceiling);
    }

    /** The mean over the pairs ({@code Column Pair Trends}). */
    public double columnPairTrends() {
        return mean(pairs, PairScore::score);
    }

    public double columnPairTrendsCeiling() {
        return mean(pairs, PairScore::ceiling);
    }

    /** The mean over the pairs that one metric judges; NaN if there are none. */
    public double pairs(String metric) {
        return mean(pairs.stream().filter(pair -> pair.metric().equals(metric)).toList(), PairScore::score);
    }

    /** The mean of shapes and trends ({@code Overall Quality}); that of shapes alone where there are no pairs. */
    public double overall() {
        return Double.isNaN(columnPairTrends()) ? columnShapes() : (columnShapes() + columnPairTrends()) / 2;
    }

    public double overallCeiling() {
        return Double.isNaN(columnPairTrendsCeiling()) ? columnShapesCeiling()
                : (columnShapesCeiling() + columnPairTrendsCeiling()) / 2;
    }

    /** Scores that are not defined are left out. */
    private static <T> double mean(List<T> all, ToDoubleFunction<T> score) {
        return all.stream().mapToDouble(score).filter(value -> !Double.isNaN(value)).average().orElse(Double.NaN);
    }
}
