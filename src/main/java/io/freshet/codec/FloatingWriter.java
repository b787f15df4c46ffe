package io.freshet.codec;

import io.freshet.table.ColumnVector;
import io.freshet.table.FloatingVector;

/** Writes doubles in the shortest form that reads back as the same double. */
record FloatingWriter(ByteFragment before, ByteFragment missing, DoubleText text) implements FieldWriter {

    @Override
    public long widest(ColumnVector vector, int from, int rows) {
        return Math.max(before.length() + DoubleText.WIDEST, missing.widest());
    }

    @Override
    public void write(ColumnVector vector, int from, int rows, byte[] bytes, int[] ends) {
        double[] values = ((FloatingVector) vector).values();
        for (int i = 0; i < rows; i++) {
            double value = values[from + i];
            // JSON has no infinities either
            ends[i] = Double.isFinite(value) ? text.write(bytes, before.write(bytes, ends[i]), value)
                    : missing.write(bytes, ends[i]);
        }
    }
}
