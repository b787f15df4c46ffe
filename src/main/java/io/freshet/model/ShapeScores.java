package io.freshet.model;

import java.util.List;

/**
 * How far drawn rows have the distributions of their model, column by column: one minus the Kolmogorov–Smirnov statistic for
 * numbers and dates, one minus the total variation distance for categories.
 *
 * @param rows the last rows that were looked at
 * @param shape the mean over the columns, 0 to 1
 * @param ceiling what it would be on average if the rows were as the model says, but for chance
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
