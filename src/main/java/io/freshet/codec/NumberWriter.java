package io.freshet.codec;

import io.freshet.table.ColumnVector;
import io.freshet.table.NumberVector;

/** Scaled integers as decimals. Holds scratch memory; not thread-safe. */
final class NumberWriter implements FieldWriter {

    private static final int WIDEST_NUMBER = 32;
    /** The greatest power of two that is not above 10<sup>8</sup>. */
    private static final long EIGHT_DIGITS = 1 << 26;

    private final Piece before;
    private final Piece missing;
    private final int digits;
    private final long[] text = new long[RowEncoder.MOST_ROWS];

    NumberWriter(Piece before, Piece missing, int digits) {
        this.before = before;
        this.missing = missing;
        this.digits = digits;
    }

    @Override
    public long widest(ColumnVector vector, int from, int rows) {
        return Math.max(before.length() + WIDEST_NUMBER, missing.widest());
    }

    @Override
    public void write(ColumnVector vector, int from, int rows, byte[] bytes, int[] ends) {
        long[] values = ((NumberVector) vector).values();
        long[] magnitudes = values;
        int first = from;
        long bits = anyBits(values, from, rows);
        boolean signed = bits < 0;
        if (signed) {
            for (int i = 0; i < rows; i++) {
                text[i] = Math.abs(values[from + i]);
            }
            magnitudes = text;
            first = 0;
            bits = anyBits(text, 0, rows);
        }
        // most blocks have no missing or large values, and need no branches then
        if (bits < 0 || bits >= EIGHT_DIGITS || digits >= 8) {
            writeAny(values, from, rows, bytes, ends);
            return;
        }
        Digits.eights(magnitudes, first, text, rows);
        if (digits == 0) {
            writeWhole(values, from, rows, bytes, ends);
        } else if (signed) {
            writeSigned(values, from, rows, bytes, ends);
        } else {
            writeDecimal(rows, bytes, ends);
        }
    }

    private static long anyBits(long[] values, int from, int rows) {
        long bits = 0;
        for (int i = from; i < from + rows; i++) {
            bits |= values[i];
        }
        return bits;
    }

    private void writeWhole(long[] values, int from, int rows, byte[] bytes, int[] ends) {
        for (int i = 0; i < rows; i++) {
            int at = Digits.sign(bytes, before.write(bytes, ends[i]), values[from + i]);
            ends[i] = Digits.whole(bytes, at, text[i]);
        }
    }

    private void writeSigned(long[] values, int from, int rows, byte[] bytes, int[] ends) {
        for (int i = 0; i < rows; i++) {
            int at = Digits.sign(bytes, before.write(bytes, ends[i]), values[from + i]);
            ends[i] = Digits.decimal(bytes, at, text[i], digits);
        }
    }

    private void writeDecimal(int rows, byte[] bytes, int[] ends) {
        for (int i = 0; i < rows; i++) {
            ends[i] = Digits.decimal(bytes, before.write(bytes, ends[i]), text[i], digits);
        }
    }

    private void writeAny(long[] values, int from, int rows, byte[] bytes, int[] ends) {
        for (int i = 0; i < rows; i++) {
            long value = values[from + i];
            ends[i] = value == NumberVector.MISSING ? missing.write(bytes, ends[i])
                    : Digits.writeDecimal(bytes, before.write(bytes, ends[i]), value, digits);
        }
    }
}
