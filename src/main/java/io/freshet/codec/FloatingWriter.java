package io.freshet.codec;

import io.freshet.table.ColumnVector;
import io.freshet.table.FloatingVector;

/** Doubles in the shortest form that reads back as the same double. */
record FloatingWriter(Piece before, Piece missing) implements FieldWriter {

    private static final int WIDEST_NUMBER = 32;

    @Override
    public int widest(ColumnVector vector, int rows) {
        return Math.max(before.length() + WIDEST_NUMBER, missing.length());
    }

    @Override
    public void write(ColumnVector vector, byte[] bytes, int[] ends, int rows) {
        double[] values = ((FloatingVector) vector).values();
        for (int i = 0; i < rows; i++) {
            ends[i] = Double.isNaN(values[i]) ? missing.write(bytes, ends[i])
                    : Digits.ascii(bytes, before.write(bytes, ends[i]), Double.toString(values[i]));
        }
    }
}
