package io.freshet.model.relation;

import io.freshet.model.marginal.NumberReader;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;
import io.freshet.table.FloatingVector;
import io.freshet.table.NumberVector;

/** Reads and writes the numbers of a vector in its own steps. */
final class NumberColumn {

    private final ColumnVector vector;
    private final double unit;
    private final boolean floating;

    private NumberColumn(ColumnVector vector, double unit) {
        this.vector = vector;
        this.unit = unit;
        this.floating = vector instanceof FloatingVector;
    }

    static NumberColumn of(Column column, ColumnVector vector) {
        return new NumberColumn(vector, unit(column));
    }

    /** Returns the number of steps per unit. */
    static double unit(Column column) {
        return column.type() instanceof ColumnType.Floating ? 1 : NumberReader.power(NumberReader.digits(column.type()));
    }

    /** Returns the number of steps of the second column that equal one unit of the first, for example of seconds in days. */
    static double factor(Column from, Column to) {
        if (from.type() instanceof ColumnType.DateTime own && to.type() instanceof ColumnType.DateTime other) {
            return own.format().resolution().getDuration().toNanos()
                    / (double) other.format().resolution().getDuration().toNanos();
        }
        return unit(to);
    }

    boolean isMissing(int row) {
        return vector.isMissing(row);
    }

    /** Returns the number in steps. */
    double get(int row) {
        return vector instanceof FloatingVector doubles ? doubles.values()[row] : ((NumberVector) vector).values()[row];
    }

    /** Writes a number in steps, rounded to a whole step. */
    void set(int row, double steps) {
        if (vector instanceof FloatingVector doubles) {
            doubles.values()[row] = steps;
        } else {
            ((NumberVector) vector).values()[row] = Math.round(steps);
        }
    }

    /** Writes a number in units. */
    void setValue(int row, double value) {
        set(row, value * unit);
    }

    /** Writes numbers in units into the first rows. Those that are not finite are missing. */
    void setValues(double[] numbers, int rows) {
        if (vector instanceof FloatingVector doubles) {
            double[] cells = doubles.values();
            for (int row = 0; row < rows; row++) {
                cells[row] = Double.isFinite(numbers[row]) ? numbers[row] * unit : Double.NaN;
            }
        } else {
            long[] cells = ((NumberVector) vector).values();
            for (int row = 0; row < rows; row++) {
                cells[row] = Double.isFinite(numbers[row]) ? Math.round(numbers[row] * unit) : NumberVector.MISSING;
            }
        }
    }

    void setMissing(int row) {
        vector.setMissing(row);
    }

    boolean isFloating() {
        return floating;
    }
}
