package io.freshet.codec;

import io.freshet.table.ColumnVector;
import io.freshet.table.NumberFormat;
import io.freshet.table.NumberVector;

/** Scaled integers as texts in the format of their column, such as {@code $1,234.50}. */
record FormattedNumberWriter(ByteFragment before, ByteFragment missing, NumberFormat format, int digits, Dialect dialect)
        implements
            FieldWriter {

    /** The digits of a long, a sign, a point, and a separator after every third digit. */
    private static final int WIDEST_NUMBER = 48;

    @Override
    public long widest(ColumnVector vector, int from, int rows) {
        int text = WIDEST_NUMBER + 3 * (format.prefix().length() + format.suffix().length());
        return Math.max(before.length() + Dialect.widest(text), missing.widest());
    }

    @Override
    public void write(ColumnVector vector, int from, int rows, byte[] bytes, int[] ends) {
        long[] values = ((NumberVector) vector).values();
        for (int i = 0; i < rows; i++) {
            long value = values[from + i];
            ends[i] = value == NumberVector.MISSING ? missing.write(bytes, ends[i])
                    : dialect.writeText(format.print(value, digits), bytes, before.write(bytes, ends[i]));
        }
    }
}
