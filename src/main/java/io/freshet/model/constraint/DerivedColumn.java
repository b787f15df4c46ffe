package io.freshet.model.constraint;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;

import io.freshet.model.Constraint;
import io.freshet.model.marginal.NumberReader;
import io.freshet.stats.Permutation;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;
import io.freshet.table.FloatingVector;
import io.freshet.table.NumberVector;

/**
 * A column whose values are derived from others, or from the number of the row, by a constraint. In its place, the inner model
 * has what is left to learn about it.
 *
 * @param index its number
 * @param column the column of the rows
 * @param inner the column of the inner model
 * @param sources the columns from which it is derived
 * @param least the minimum value, in the representation of a vector
 * @param greatest the maximum value
 */
public record DerivedColumn(int index, Column column, Column inner, Constraint constraint, List<Integer> sources, int scale,
        double least, double greatest) {

    /** An arbitrary value. */
    private static final long ORDER = 1;

    public DerivedColumn {
        sources = List.copyOf(sources);
    }

    boolean isFloating() {
        return column.type() instanceof ColumnType.Floating;
    }

    ColumnVector newVector(int capacity) {
        if (isFloating()) {
            return FloatingVector.create(capacity);
        }
        // the numbers of unique values continue when their range is used up
        boolean bounded = !(constraint instanceof Constraint.Unique);
        return bounded ? NumberVector.create(capacity, least, greatest) : NumberVector.create(capacity);
    }

    /**
     * Writes the values of the first rows.
     *
     * @param inner what the inner model drew in its place
     * @param of the readers of the columns of the rows, by number
     * @param firstRow the number of the first row
     */
    void derive(ColumnVector out, ColumnVector inner, IntFunction<NumberReader> of, long firstRow, int rows) {
        List<NumberReader> from = sources.stream().map(of::apply).toList();
        NumberReader own = constraint instanceof Constraint.Ordered ? NumberReader.of(this.inner, inner) : null;
        Permutation order = constraint instanceof Constraint.Unique ? Permutation.of(range(), ORDER) : null;
        for (int row = 0; row < rows; row++) {
            boolean missing = own != null ? own.isMissing(row) : order != null ? inner.isMissing(row) : isMissing(from, row);
            if (missing) {
                out.setMissing(row);
            } else if (order != null) {
                long number = firstRow + row;
                set(out, row,
                        (long) least + order.apply(Math.floorMod(number, range())) + Math.floorDiv(number, range()) * range());
            } else if (own == null) {
                sum(out, row, from);
            } else {
                exceed(out, row, from.get(0), own);
            }
        }
    }

    private long range() {
        return Math.max(1, (long) greatest - (long) least + 1);
    }

    private static boolean isMissing(List<NumberReader> from, int row) {
        return from.stream().anyMatch(source -> source.isMissing(row));
    }

    private void sum(ColumnVector out, int row, List<NumberReader> from) {
        if (out instanceof FloatingVector doubles) {
            doubles.values()[row] = from.stream().mapToDouble(source -> source.value(row)).sum();
        } else {
            set(out, row, from.stream().mapToLong(source -> source.scaled(row, scale)).sum());
        }
    }

    private void exceed(ColumnVector out, int row, NumberReader lesser, NumberReader difference) {
        boolean strict = ((Constraint.Ordered) constraint).strict();
        if (out instanceof FloatingVector doubles) {
            double base = lesser.isMissing(row) ? least : lesser.value(row);
            double low = Math.max(least, strict ? Math.nextUp(base) : base);
            doubles.values()[row] = within(base + Math.max(0, difference.value(row)), low);
            return;
        }
        long step = strict ? 1 : 0;
        long unit = NumberReader.power(scale - NumberReader.digits(column.type()));
        long base = lesser.isMissing(row) ? (long) this.least * unit : lesser.scaled(row, scale);
        // rounded up, because it might otherwise fall below the other
        long low = Math.max((long) least, -Math.floorDiv(-(base + step), unit));
        set(out, row, within(-Math.floorDiv(-(base + Math.max(step, difference.scaled(row, scale))), unit), low));
    }

    /** Wraps a value that is outside the bounds of the column, although its parts are not, once around within them. */
    private long within(long value, long low) {
        long room = (long) greatest - low;
        return value >= low && (value <= (long) greatest || room < 0) ? value
                : room < 0 ? low : low + Math.floorMod(value - low, room + 1);
    }

    private double within(double value, double low) {
        if (value >= low && (value <= greatest || !(low < greatest))) {
            return value;
        }
        return low < greatest ? low + Math.abs(value - low) % (greatest - low) : low;
    }

    /** Returns the same column with bounds that include more values, if the bounds are those of observed values. */
    DerivedColumn widened(NumberReader own, int rows) {
        if (constraint instanceof Constraint.Unique || constraint instanceof Constraint.TimeOfDay) {
            return this;
        }
        int digits = constraint instanceof Constraint.Ordered ? NumberReader.digits(column.type()) : scale;
        double low = least;
        double high = greatest;
        for (int row = 0; row < rows; row++) {
            if (!own.isMissing(row)) {
                double value = isFloating() ? own.value(row) : own.scaled(row, digits);
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        return new DerivedColumn(index, column, inner, constraint, sources, scale, low, high);
    }

    private static void set(ColumnVector out, int row, long value) {
        ((NumberVector) out).values()[row] = value;
    }

    /** Returns what the inner model learns about this column, from rows that have it. */
    ColumnVector reduced(NumberReader own, List<NumberReader> from, int rows) {
        if (!(constraint instanceof Constraint.Ordered)) {
            return ConstraintPlan.sameOrMissing(rows, row -> constraint instanceof Constraint.Unique && own.isMissing(row));
        }
        ColumnVector out = isFloating() ? FloatingVector.create(rows) : NumberVector.create(rows);
        NumberReader lesser = from.get(0);
        long unit = isFloating() ? 1 : NumberReader.power(scale - NumberReader.digits(column.type()));
        for (int row = 0; row < rows; row++) {
            if (own.isMissing(row)) {
                out.setMissing(row);
            } else if (out instanceof FloatingVector doubles) {
                doubles.values()[row] = Math.max(0, own.value(row) - (lesser.isMissing(row) ? least : lesser.value(row)));
            } else {
                long base = lesser.isMissing(row) ? (long) least * unit : lesser.scaled(row, scale);
                set(out, row, Math.max(0, own.scaled(row, scale) - base));
            }
        }
        return out;
    }

    /** Returns the number of the first row that violates the constraint, or -1. */
    int violation(NumberReader own, List<NumberReader> from, int rows) {
        for (int row = 0; row < rows; row++) {
            int at = row;
            if (Stream.concat(Stream.of(own), from.stream()).noneMatch(reader -> reader.isMissing(at))
                    && isBroken(own, from, row)) {
                return row;
            }
        }
        return -1;
    }

    private boolean isBroken(NumberReader own, List<NumberReader> from, int row) {
        if (constraint instanceof Constraint.Ordered ordered) {
            boolean above = isFloating() ? own.value(row) > from.get(0).value(row)
                    : own.scaled(row, scale) > from.get(0).scaled(row, scale);
            boolean same = isFloating() ? own.value(row) == from.get(0).value(row)
                    : own.scaled(row, scale) == from.get(0).scaled(row, scale);
            return !above && (ordered.strict() || !same);
        }
        if (isFloating()) {
            double sum = from.stream().mapToDouble(source -> source.value(row)).sum();
            return Math.abs(sum - own.value(row)) > 1e-9 * Math.max(1, Math.abs(sum));
        }
        return from.stream().mapToLong(source -> source.scaled(row, scale)).sum() != own.scaled(row, scale);
    }
}
