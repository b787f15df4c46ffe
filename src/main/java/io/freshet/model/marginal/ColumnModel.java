package io.freshet.model.marginal;

import io.freshet.stats.Normal;
import io.freshet.table.Column;

/**
 * One column of a model.
 *
 * @param values how its values are drawn
 * @param missingShare the share of missing values, 0 to 1
 */
public record ColumnModel(Column column, ValueModel values, double missingShare) {

    public ColumnModel {
        if (!(missingShare >= 0 && missingShare <= 1)) {
            throw new IllegalArgumentException(column.name() + ": the missing share must be 0 to 1, not " + missingShare);
        }
    }

    /** Returns the same column without dependence on another column. */
    public ColumnModel overall() {
        return values instanceof DependentSteps dependent ? new ColumnModel(column, dependent.overall(), missingShare) : this;
    }

    public boolean mayMiss() {
        return missingShare > 0;
    }

    /**
     * Returns the threshold of missingness: a value is missing if the latent number of the column's missingness is not below
     * it.
     */
    public double missingThreshold() {
        return Normal.inverse(1 - missingShare);
    }
}
