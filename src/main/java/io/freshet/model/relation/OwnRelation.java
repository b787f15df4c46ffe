package io.freshet.model.relation;

import java.util.List;

import io.freshet.table.Column;
import io.freshet.table.ColumnVector;

/** A relation that depends on no other column. A model learns the target as it is; only what is drawn is corrected. */
public sealed interface OwnRelation extends PartialRelation permits Bounds, Increment, Reference {

    @Override
    default List<Integer> sources() {
        return List.of();
    }

    @Override
    default RowStep reduction(Cells cells, ColumnVector own, boolean[] free) {
        return row -> {
        };
    }

    @Override
    default Column inner(Column column) {
        return column;
    }
}
