package io.freshet.codec;

import io.freshet.table.ColumnVector;
import io.freshet.table.NumberVector;

/** Scaled integers as decimals. */
record NumberWriter(Piece before, Piece missing, int digits) implements FieldWriter {

    private static final int WIDEST_NUMBER = 32;

    @Override
    public long widest(ColumnVector vector, int from, int rows) {
        return Math.max(before.length() + WIDEST_NUMBER, missing.widest());
    }

    @Override
    public void write(ColumnVector vector, int from, int rows, byte[] bytes, int[] ends) {
        long[] values = ((NumberVector) vector).values();
        for (int i = 0; i < rows; i++) {
            long value = values[from + i];
            ends[i] = value == NumberVector.MISSING ? missing.write(bytes, ends[i])
                    : Digits.writeDecimal(bytes, before.write(bytes, ends[i]), value, digits);
        }
    }
}
