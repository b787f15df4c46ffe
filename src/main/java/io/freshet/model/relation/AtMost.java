package io.freshet.model.relation;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;

import io.freshet.model.marginal.NumberReader;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;
import io.freshet.table.Schema;

/**
 * A target that is never above another column. A model learns by how much the target falls short of it.
 *
 * @param least the smallest value of the target, in its steps
 * @param greatest the largest value of the target, in its steps; it stands in for a missing source
 */
public record AtMost(int target, int source, double least, double greatest) implements PartialRelation {

    private static final double ROUNDING = 1e-6;

    @Override
    public List<Integer> sources() {
        return List.of(source);
    }

    @Override
    public String kind() {
        return "order";
    }

    @Override
    public String text(Schema schema) {
        return schema.column(target).name() + " <= " + schema.column(source).name();
    }

    private IntToDoubleFunction top(Cells cells) {
        NumberReader reader = cells.numbers(source);
        double factor = NumberColumn.factor(cells.column(source), cells.column(target));
        boolean floating = cells.column(target).type() instanceof ColumnType.Floating;
        return row -> reader.isMissing(row) ? Double.NaN
                : floating ? reader.value(row) : Math.floor(reader.value(row) * factor + ROUNDING);
    }

    @Override
    public RowStep reduction(Cells cells, ColumnVector own, boolean[] free) {
        IntToDoubleFunction top = top(cells);
        NumberColumn cell = NumberColumn.of(cells.column(target), own);
        return row -> {
            if (!cell.isMissing(row)) {
                double high = top.applyAsDouble(row);
                cell.set(row, Math.max(0, (Double.isNaN(high) ? greatest : high) - cell.get(row)));
            }
        };
    }

    @Override
    public RowStep derivation(Cells cells, ColumnVector own) {
        IntToDoubleFunction top = top(cells);
        NumberColumn cell = NumberColumn.of(cells.column(target), own);
        double step = cell.isFloating() ? 0 : 1;
        return row -> {
            if (!cell.isMissing(row)) {
                double high = top.applyAsDouble(row);
                high = Double.isNaN(high) ? greatest : high;
                double value = high - Math.max(0, cell.get(row));
                double room = high - least;
                cell.set(row, value >= least ? value : room <= 0 ? high : high - (high - value) % (room + step));
            }
        };
    }

    @Override
    public IntPredicate broken(Cells cells) {
        IntToDoubleFunction top = top(cells);
        NumberReader own = cells.numbers(target);
        double unit = NumberColumn.unit(cells.column(target));
        return row -> {
            double high = own.isMissing(row) ? Double.NaN : top.applyAsDouble(row);
            return !Double.isNaN(high) && own.value(row) * unit > high + ROUNDING;
        };
    }

    @Override
    public Column inner(Column column) {
        ColumnType type = column.type() instanceof ColumnType.DateTime ? new ColumnType.Whole() : column.type();
        return new Column(column.name(), type, column.nullable(), column.path());
    }
}
