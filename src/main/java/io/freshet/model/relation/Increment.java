package io.freshet.model.relation;

import java.util.function.IntPredicate;

import io.freshet.model.marginal.NumberReader;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;
import io.freshet.table.Schema;

/**
 * A date that comes only at regular distances, such as every ten seconds or every quarter of an hour. A model learns the dates
 * themselves; what it draws is rounded down.
 *
 * @param step the distance in ticks of the target, at least 2
 * @param offset the rest of every date divided by the step
 */
public record Increment(int target, long step, long offset) implements OwnRelation {

    public Increment {
        if (step < 2 || offset < 0 || offset >= step) {
            throw new IllegalArgumentException("an increment of " + step + " from " + offset);
        }
    }

    @Override
    public String kind() {
        return "increment";
    }

    @Override
    public String text(Schema schema) {
        Column column = schema.column(target);
        return column.name() + " comes every "
                + ((ColumnType.DateTime) column.type()).format().resolution().getDuration().multipliedBy(step);
    }

    @Override
    public RowStep derivation(Cells cells, ColumnVector own) {
        NumberColumn cell = NumberColumn.of(cells.column(target), own);
        return row -> {
            if (!cell.isMissing(row)) {
                long ticks = (long) cell.get(row);
                cell.set(row, ticks - Math.floorMod(ticks - offset, step));
            }
        };
    }

    @Override
    public IntPredicate broken(Cells cells) {
        NumberReader own = cells.numbers(target);
        return row -> !own.isMissing(row) && Math.floorMod(own.scaled(row, 0) - offset, step) != 0;
    }
}
