package io.freshet.codec;

import io.freshet.table.ColumnVector;
import io.freshet.table.NumberVector;

/** Scaled integers as decimals. */
record NumberWriter(Piece before, Piece missing, int digits) implements FieldWriter {

    private static final int WIDEST_NUMBER = 24;

    @Override
    public int widest(ColumnVector vector, int rows) {
        return Math.max(before.length() + WIDEST_NUMBER, missing.length());
    }

    @Override
    public void write(ColumnVector vector, byte[] bytes, int[] ends, int rows) {
        long[] values = ((NumberVector) vector).values();
        for (int i = 0; i < rows; i++) {
            ends[i] = values[i] == NumberVector.MISSING ? missing.write(bytes, ends[i])
                    : Digits.writeDecimal(bytes, before.write(bytes, ends[i]), values[i], digits);
        }
    }
}
