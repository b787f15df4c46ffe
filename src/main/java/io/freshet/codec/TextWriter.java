package io.freshet.codec;

import io.freshet.table.ColumnVector;
import io.freshet.table.TextVector;

/** Texts, quoted and escaped, or as they are where they are numbers. */
record TextWriter(Piece before, Piece missing, Dialect dialect, boolean bare) implements FieldWriter {

    private static final int WORST_ESCAPE = 6;

    @Override
    public int widest(ColumnVector vector, int rows) {
        TextVector texts = (TextVector) vector;
        int longest = 0;
        for (int i = 0; i < rows; i++) {
            longest = Math.max(longest, texts.end(i) - texts.start(i));
        }
        return Math.max(before.length() + 2 + longest * WORST_ESCAPE, missing.length());
    }

    @Override
    public void write(ColumnVector vector, byte[] bytes, int[] ends, int rows) {
        TextVector texts = (TextVector) vector;
        for (int i = 0; i < rows; i++) {
            if (texts.isMissing(i)) {
                ends[i] = missing.write(bytes, ends[i]);
                continue;
            }
            int at = before.write(bytes, ends[i]);
            int start = texts.start(i);
            int length = texts.end(i) - start;
            if (bare) {
                System.arraycopy(texts.bytes(), start, bytes, at, length);
                ends[i] = at + length;
            } else {
                ends[i] = dialect.writeText(texts.bytes(), start, start + length, bytes, at);
            }
        }
    }
}
