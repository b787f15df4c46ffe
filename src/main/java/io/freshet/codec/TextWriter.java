package io.freshet.codec;

import io.freshet.table.ColumnVector;
import io.freshet.table.TextVector;

/** Writes texts that differ in every row, quoted and escaped, or unchanged where they are numbers. */
record TextWriter(ByteFragment before, ByteFragment missing, Dialect dialect, boolean number) implements FieldWriter {

    @Override
    public long widest(ColumnVector vector, int from, int rows) {
        TextVector texts = (TextVector) vector;
        int longest = 0;
        for (int i = from; i < from + rows; i++) {
            longest = Math.max(longest, texts.end(i) - texts.start(i));
        }
        return Math.max(before.length() + Dialect.widest(longest), missing.widest());
    }

    @Override
    public void write(ColumnVector vector, int from, int rows, byte[] bytes, int[] ends) {
        TextVector texts = (TextVector) vector;
        for (int i = 0; i < rows; i++) {
            int row = from + i;
            if (texts.isMissing(row)) {
                ends[i] = missing.write(bytes, ends[i]);
                continue;
            }
            int at = before.write(bytes, ends[i]);
            ends[i] = number ? dialect.writeNumber(texts.bytes(), texts.start(row), texts.end(row), bytes, at)
                    : dialect.writeText(texts.bytes(), texts.start(row), texts.end(row), bytes, at);
        }
    }
}
