package io.freshet.model.report;

import java.util.List;

/**
 * How close drawn rows are to the distributions of their model, by column: one minus the Kolmogorov–Smirnov statistic for
 * numbers and dates, one minus the total variation distance for categories.
 *
 * @param rows the number of recent rows that were compared
 * @param shape the mean over the columns, 0 to 1
 * @param ceiling the expected score of rows that follow the model exactly, given random variation
 * @param worst the column that is furthest below its own ceiling
 * @param columns all columns that have values to compare
 */
public record ShapeScores(long rows, double shape, double ceiling, ColumnShape worst, List<ColumnShape> columns) {

    public ShapeScores {
        columns = List.copyOf(columns);
    }

    /**
     * @param metric {@code KSComplement} or {@code TVComplement}
     * @param missing one minus the difference of the shares of missing values
     */
    public record ColumnShape(String name, String metric, double score, double ceiling, double missing) {
    }
}
