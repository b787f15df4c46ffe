package io.freshet.model.relation;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.freshet.model.marginal.NumberReader;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;
import io.freshet.table.Schema;

/**
 * A target that is never below any of its source columns. A model learns by how much the target exceeds the greatest of them.
 *
 * @param lessers at least one; all are dates if the target is a date, and numbers otherwise
 * @param least the smallest value of the target, in its steps; it stands in when all sources are missing
 * @param greatest the largest value of the target, in its steps
 * @param caps columns that the target never exceeds either
 * @param floored whether lessers with a finer resolution than the target are rounded down, so that a date-time and a date are
 *        compared by the day
 */
public record AtLeast(int target, List<Integer> lessers, double least, double greatest, List<Integer> caps,
        boolean floored)
        implements
            PartialRelation {

    /** A fraction of a step. It absorbs the rounding errors of decimals. */
    private static final double ROUNDING = 1e-6;

    public AtLeast {
        lessers = List.copyOf(lessers);
        caps = List.copyOf(caps);
        if (lessers.isEmpty()) {
            throw new IllegalArgumentException("an order needs two columns");
        }
    }

    /** Creates an order without caps. */
    public AtLeast(int target, List<Integer> lessers, double least, double greatest) {
        this(target, lessers, least, greatest, List.of(), false);
    }

    @Override
    public List<Integer> sources() {
        return Stream.concat(lessers.stream(), caps.stream()).distinct().toList();
    }

    @Override
    public String kind() {
        return "order";
    }

    @Override
    public String text(Schema schema) {
        return names(lessers, schema) + " <= " + schema.column(target).name()
                + (caps.isEmpty() ? "" : " <= " + names(caps, schema));
    }

    private static String names(List<Integer> columns, Schema schema) {
        return columns.stream().map(column -> schema.column(column).name()).collect(Collectors.joining(", "));
    }

    /** Returns the greatest lesser in steps of the target, rounded to a whole step; NaN if all are missing. */
    private IntToDoubleFunction base(Cells cells) {
        return extreme(cells, lessers, true);
    }

    /** Returns the least cap in steps of the target, rounded down to a whole step; NaN if all are missing. */
    private IntToDoubleFunction top(Cells cells) {
        return caps.isEmpty() ? row -> Double.NaN : extreme(cells, caps, false);
    }

    private IntToDoubleFunction extreme(Cells cells, List<Integer> columns, boolean greatest) {
        NumberReader[] readers = columns.stream().map(cells::numbers).toArray(NumberReader[]::new);
        double[] factors = columns.stream()
                .mapToDouble(source -> NumberColumn.factor(cells.column(source), cells.column(target))).toArray();
        boolean floating = cells.column(target).type() instanceof ColumnType.Floating;
        boolean up = greatest && !floored;
        return row -> {
            double result = Double.NaN;
            for (int i = 0; i < readers.length; i++) {
                if (!readers[i].isMissing(row)) {
                    result = Extreme.of(result, readers[i].value(row) * factors[i], greatest);
                }
            }
            return floating ? result : up ? Math.ceil(result - ROUNDING) : Math.floor(result + ROUNDING);
        };
    }

    @Override
    public RowStep reduction(Cells cells, ColumnVector own, boolean[] free) {
        IntToDoubleFunction base = base(cells);
        NumberColumn cell = NumberColumn.of(cells.column(target), own);
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
        IntToDoubleFunction top = top(cells);
        NumberColumn cell = NumberColumn.of(cells.column(target), own);
        double step = cell.isFloating() ? 0 : 1;
        return row -> {
            if (!cell.isMissing(row)) {
                double low = base.applyAsDouble(row);
                low = Double.isNaN(low) ? least : low;
                double value = low + Math.max(0, cell.get(row));
                double high = Extreme.of(top.applyAsDouble(row), greatest, false);
                double room = high - low;
                // a value beyond the greatest wraps around, so that it stays within the range of the table
                cell.set(row, value <= high ? value : low + wrapped(value - low, room, step));
            }
        };
    }

    /** Returns a difference that does not exceed the room. Below a cap it is not zero, which no row of the table may have. */
    private double wrapped(double difference, double room, double step) {
        if (room <= 0) {
            return caps.isEmpty() ? 0 : Math.min(0, room);
        }
        return caps.isEmpty() ? difference % (room + step) : step + (difference - step) % room;
    }

    @Override
    public IntPredicate broken(Cells cells) {
        IntToDoubleFunction base = base(cells);
        IntToDoubleFunction top = top(cells);
        NumberReader own = cells.numbers(target);
        double unit = NumberColumn.unit(cells.column(target));
        return row -> {
            double low = own.isMissing(row) ? Double.NaN : base.applyAsDouble(row);
            double high = own.isMissing(row) ? Double.NaN : top.applyAsDouble(row);
            return own.value(row) * unit < low - ROUNDING || own.value(row) * unit > high + ROUNDING;
        };
    }

    @Override
    public Column inner(Column column) {
        ColumnType type = column.type() instanceof ColumnType.DateTime ? new ColumnType.Whole() : column.type();
        return new Column(column.name(), type, column.nullable(), column.path());
    }
}
