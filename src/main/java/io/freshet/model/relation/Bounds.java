package io.freshet.model.relation;

import java.util.function.IntPredicate;

import io.freshet.model.marginal.ValueRanges;
import io.freshet.table.ColumnVector;
import io.freshet.table.Schema;

/**
 * A target that stays between two numbers.
 *
 * @param least the lower bound, in steps of the target; −∞ for no bound
 * @param greatest the upper bound, in steps of the target; +∞ for no bound
 */
public record Bounds(int target, double least, double greatest) implements OwnRelation {

    @Override
    public String kind() {
        return "bounds";
    }

    @Override
    public String text(Schema schema) {
        ValueRanges ranges = new ValueRanges(schema.column(target));
        String name = schema.column(target).name();
        return Double.isInfinite(least) ? name + " <= " + ranges.describe(greatest) : name + " >= " + ranges.describe(least);
    }

    @Override
    public RowStep derivation(Cells cells, ColumnVector own) {
        NumberColumn cell = NumberColumn.of(cells.column(target), own);
        return row -> {
            if (!cell.isMissing(row)) {
                cell.set(row, Math.min(Math.max(cell.get(row), least), greatest));
            }
        };
    }

    @Override
    public IntPredicate broken(Cells cells) {
        io.freshet.model.marginal.NumberReader reader = cells.numbers(target);
        double unit = NumberColumn.unit(cells.column(target));
        return row -> !reader.isMissing(row)
                && (reader.value(row) * unit < least - 1e-9 || reader.value(row) * unit > greatest + 1e-9);
    }
}
