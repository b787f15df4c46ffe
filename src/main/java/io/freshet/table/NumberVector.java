package io.freshet.table;

/**
 * Numbers as integers: the value itself ({@link ColumnType.Whole}), the value times 10<sup>digits</sup> ({@link
 * ColumnType.Decimal}), or ticks ({@link ColumnType.DateTime}). {@link #MISSING} denotes a missing value.
 */
public final class NumberVector implements ColumnVector {

    public static final long MISSING = Long.MIN_VALUE;

    private final long[] values;

    private final boolean int32;

    private NumberVector(long[] values, boolean int32) {
        this.values = values;
        this.int32 = int32;
    }

    public static NumberVector create(int capacity) {
        return new NumberVector(new long[capacity], false);
    }

    /** Creates a vector for numbers between two bounds, in its own representation. */
    public static NumberVector create(int capacity, double least, double greatest) {
        return new NumberVector(new long[capacity], least >= Integer.MIN_VALUE && greatest <= Integer.MAX_VALUE);
    }

    /** Wraps the array itself, not a copy. */
    public static NumberVector wrap(long[] values) {
        return new NumberVector(values, false);
    }

    /** Returns the live array. */
    public long[] values() {
        return values;
    }

    @Override
    public int capacity() {
        return values.length;
    }

    @Override
    public boolean isInt32() {
        return int32;
    }

    @Override
    public boolean isMissing(int row) {
        return values[row] == MISSING;
    }

    @Override
    public void setMissing(int row) {
        values[row] = MISSING;
    }
}
