package io.freshet.table;

/** Finite doubles; NaN denotes a missing value. */
public final class FloatingVector implements ColumnVector {

    private final double[] values;

    private FloatingVector(double[] values) {
        this.values = values;
    }

    public static FloatingVector create(int capacity) {
        return new FloatingVector(new double[capacity]);
    }

    /** Wraps the array itself, not a copy. */
    public static FloatingVector wrap(double[] values) {
        return new FloatingVector(values);
    }

    /** Returns the live array. */
    public double[] values() {
        return values;
    }

    @Override
    public int capacity() {
        return values.length;
    }

    @Override
    public boolean isMissing(int row) {
        return Double.isNaN(values[row]);
    }

    @Override
    public void setMissing(int row) {
        values[row] = Double.NaN;
    }
}
