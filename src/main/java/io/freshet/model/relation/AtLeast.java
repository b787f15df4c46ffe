package io.freshet.model.relation;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;

import io.freshet.model.marginal.NumberReader;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;
import io.freshet.table.Schema;

/**
 * A target that is never below any of its source columns. A model learns by how much the target exceeds the greatest of them.
 *
 * @param sources at least one; all are dates if the target is a date, and numbers otherwise
 * @param least the smallest value of the target, in its steps; it stands in when all sources are missing
 * @param greatest the largest value of the target, in its steps
 */
public record AtLeast(int target, List<Integer> sources, double least, double greatest) implements PartialRelation {

    /** A fraction of a step. It absorbs the rounding errors of decimals. */
    private static final double ROUNDING = 1e-6;

    public AtLeast {
        sources = List.copyOf(sources);
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("an order needs two columns");
        }
    }

    @Override
    public String kind() {
        return "order";
    }

    @Override
    public String text(Schema schema) {
        return sources.stream().map(source -> schema.column(source).name()).collect(Collectors.joining(", ")) + " <= "
                + schema.column(target).name();
    }

    /** Returns the greatest source in steps of the target, rounded up to a whole step; NaN if all are missing. */
    private IntToDoubleFunction base(Cells cells) {
        NumberReader[] readers = sources.stream().map(cells::numbers).toArray(NumberReader[]::new);
        double[] factors = sources.stream()
                .mapToDouble(source -> NumberCell.factor(cells.column(source), cells.column(target))).toArray();
        boolean floating = cells.column(target).type() instanceof ColumnType.Floating;
        return row -> {
            double max = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < readers.length; i++) {
                if (!readers[i].isMissing(row)) {
                    max = Math.max(max, readers[i].value(row) * factors[i]);
                }
            }
            return max == Double.NEGATIVE_INFINITY ? Double.NaN : floating ? max : Math.ceil(max - ROUNDING);
        };
    }

    @Override
    public RowStep reduction(Cells cells, ColumnVector own, boolean[] free) {
        IntToDoubleFunction base = base(cells);
        NumberCell cell = NumberCell.of(cells.column(target), own);
        return row -> {
            if (!cell.isMissing(row)) {
                double low = base.applyAsDouble(row);
                cell.set(row, Math.max(0, cell.get(row) - (Double.isNaN(low) ? least : low)));
            }
        };
    }

    @Override
    public RowStep derivation(Cells cells, ColumnVector own) {
        IntToDoubleFunction base = base(cells);
        NumberCell cell = NumberCell.of(cells.column(target), own);
        double step = cell.isFloating() ? 0 : 1;
        return row -> {
            if (!cell.isMissing(row)) {
                double low = base.applyAsDouble(row);
                low = Double.isNaN(low) ? least : low;
                double value = low + Math.max(0, cell.get(row));
                double room = greatest - low;
                // a value beyond the greatest wraps around, so that it stays within the range of the table
                cell.set(row, value <= greatest ? value : room <= 0 ? low : low + (value - low) % (room + step));
            }
        };
    }

    @Override
    public IntPredicate broken(Cells cells) {
        IntToDoubleFunction base = base(cells);
        NumberReader own = cells.numbers(target);
        double unit = NumberCell.unit(cells.column(target));
        return row -> {
            double low = own.isMissing(row) ? Double.NaN : base.applyAsDouble(row);
            return !Double.isNaN(low) && own.value(row) * unit < low - ROUNDING;
        };
    }

    @Override
    public Column inner(Column column) {
        ColumnType type = column.type() instanceof ColumnType.DateTime ? new ColumnType.Whole() : column.type();
        return new Column(column.name(), type, column.nullable(), column.path());
    }
}
