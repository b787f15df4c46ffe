package io.freshet.model;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;

import io.freshet.stats.Permutation;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;
import io.freshet.table.FloatingVector;
import io.freshet.table.NumberVector;

/**
 * A column whose values follow from others, or from the number of the row, by a constraint. In its place the inner model has
 * what is left to know of it.
 *
 * @param index its number
 * @param column as rows have it
 * @param inner as the inner model has it
 * @param sources the columns it follows from
 * @param least the least value there was, as a vector holds it
 * @param greatest the greatest
 */
record DerivedColumn(int index, Column column, Column inner, Constraint constraint, List<Integer> sources, int scale,
        double least, double greatest) {

    /** Any will do. */
    private static final long ORDER = 1;

    DerivedColumn {
        sources = List.copyOf(sources);
    }

    boolean isFloating() {
        return column.type() instanceof ColumnType.Floating;
    }

    ColumnVector newVector(int capacity) {
        return isFloating() ? FloatingVector.create(capacity) : NumberVector.create(capacity);
    }

    /**
     * Writes the values of the first rows.
     *
     * @param inner what the inner model drew in its place
     * @param of the readers of the columns of the rows, by their numbers
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
            double value = base + Math.max(0, difference.value(row));
            doubles.values()[row] = strict && value <= base ? Math.nextUp(base) : value;
            return;
        }
        long least = strict ? 1 : 0;
        long unit = NumberReader.power(scale - NumberReader.digits(column.type()));
        long base = lesser.isMissing(row) ? (long) this.least * unit : lesser.scaled(row, scale);
        // rounded upwards, or it might fall below the other
        set(out, row, -Math.floorDiv(-(base + Math.max(least, difference.scaled(row, scale))), unit));
    }

    private static void set(ColumnVector out, int row, long value) {
        ((NumberVector) out).values()[row] = value;
    }

    /** What the inner model is to know of this column, from rows that have it. */
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

    /** The number of the first row that breaks the constraint, or -1. */
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
