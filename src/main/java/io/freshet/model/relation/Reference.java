package io.freshet.model.relation;

import java.util.List;
import java.util.function.IntPredicate;

import io.freshet.table.ColumnVector;
import io.freshet.table.Schema;

/**
 * A target whose numbers are identifiers, so that only known numbers are meaningful.
 *
 * @param values the known numbers, ascending, in the representation of the vector
 */
public record Reference(int target, List<Long> values) implements OwnRelation {

    public Reference {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("a reference needs values");
        }
    }

    @Override
    public String kind() {
        return "reference";
    }

    @Override
    public String text(Schema schema) {
        return schema.column(target).name() + " is one of " + values.size();
    }

    private long[] sorted() {
        return values.stream().mapToLong(Long::longValue).toArray();
    }

    @Override
    public RowStep derivation(Cells cells, ColumnVector own) {
        long[] sorted = sorted();
        NumberColumn cell = NumberColumn.of(cells.column(target), own);
        return row -> {
            if (!cell.isMissing(row)) {
                cell.set(row, sorted[Keys.Numbers.nearest(sorted, (long) cell.get(row))]);
            }
        };
    }

    /** New rows may introduce new identifiers, so no row breaks the relation. */
    @Override
    public IntPredicate broken(Cells cells) {
        return row -> false;
    }
}
