package io.freshet.model;

import io.freshet.stats.Normal;
import io.freshet.table.Column;

/**
 * One column of a model.
 *
 * @param values how its values are drawn
 * @param missingShare how many of its rows have no value, 0 to 1
 */
record ColumnModel(Column column, ValueModel values, double missingShare) {

    ColumnModel {
        if (!(missingShare >= 0 && missingShare <= 1)) {
            throw new IllegalArgumentException(column.name() + ": the missing share must be 0 to 1, not " + missingShare);
        }
    }

    /** The same without regard to any other column. */
    ColumnModel overall() {
        return values instanceof DependentSteps dependent ? new ColumnModel(column, dependent.overall(), missingShare) : this;
    }

    boolean mayMiss() {
        return missingShare > 0;
    }

    /** A row misses its value when the latent number of its missingness is not below this. */
    double missingThreshold() {
        return Normal.inverse(1 - missingShare);
    }
}
