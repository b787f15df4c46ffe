package io.freshet.codec;

import io.freshet.table.ColumnVector;
import io.freshet.table.DateTimeFormat;
import io.freshet.table.NumberVector;

/** Writes ticks as dates. */
record DateWriter(ByteFragment before, ByteFragment missing, DateText text) implements FieldWriter {

    static FieldWriter of(ByteFragment before, ByteFragment missing, DateTimeFormat format, Dialect dialect) {
        DateText text = DateText.of(format, dialect);
        return text instanceof DateText.Plain plain && CachedDateWriter.canWrite(format, plain)
                ? new CachedDateWriter(before, missing, format, plain)
                : new DateWriter(before, missing, text);
    }

    @Override
    public long widest(ColumnVector vector, int from, int rows) {
        return Math.max(before.length() + text.widest(), missing.widest());
    }

    @Override
    public void write(ColumnVector vector, int from, int rows, byte[] bytes, int[] ends) {
        long[] ticks = ((NumberVector) vector).values();
        for (int i = 0; i < rows; i++) {
            long value = ticks[from + i];
            ends[i] = value == NumberVector.MISSING ? missing.write(bytes, ends[i])
                    : text.write(value, bytes, before.write(bytes, ends[i]));
        }
    }
}
