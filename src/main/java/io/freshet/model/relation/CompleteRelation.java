package io.freshet.model.relation;

import java.util.function.IntUnaryOperator;

import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;
import io.freshet.table.FloatingVector;
import io.freshet.table.NumberVector;

/** A relation that determines its target completely, so that a model has nothing to learn about it. */
public sealed interface CompleteRelation extends Relation permits Lookup, Calculation {

    /** Returns an empty vector for the target. */
    default ColumnVector newVector(Column column, int capacity) {
        return column.type() instanceof ColumnType.Floating ? FloatingVector.create(capacity) : NumberVector.create(capacity);
    }

    /**
     * Returns, for each row, 1 if the relation gives a value, 0 if it gives a missing value, and −1 if it does not know the
     * row.
     */
    IntUnaryOperator gives(Cells cells);

    @Override
    default Column inner(Column column) {
        return new Column(column.name(), new ColumnType.Constant("", "null"), false, column.path());
    }
}
