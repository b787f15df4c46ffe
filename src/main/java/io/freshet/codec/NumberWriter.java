package io.freshet.codec;

import io.freshet.table.ColumnVector;
import io.freshet.table.NumberVector;

/** Scaled integers as decimals. */
record NumberWriter(Piece before, Piece missing, int digits) implements FieldWriter {

    private static final int WIDEST_NUMBER = 32;
    /** The greatest powers of two that are not above 10<sup>4</sup> and 10<sup>8</sup>. */
    private static final long FOUR_DIGITS = 1 << 13;
    private static final long EIGHT_DIGITS = 1 << 26;

    @Override
    public long widest(ColumnVector vector, int from, int rows) {
        return Math.max(before.length() + WIDEST_NUMBER, missing.widest());
    }

    @Override
    public void write(ColumnVector vector, int from, int rows, byte[] bytes, int[] ends) {
        long[] values = ((NumberVector) vector).values();
        long bits = 0;
        for (int i = from; i < from + rows; i++) {
            bits |= values[i];
        }
        // most blocks have no missing, negative or large values, and need no branches then
        if (bits >= 0 && bits < FOUR_DIGITS && digits < 4) {
            writeFour(values, from, rows, bytes, ends);
        } else if (bits >= 0 && bits < EIGHT_DIGITS && digits < 8) {
            writeEight(values, from, rows, bytes, ends);
        } else {
            writeAny(values, from, rows, bytes, ends);
        }
    }

    private void writeFour(long[] values, int from, int rows, byte[] bytes, int[] ends) {
        if (digits == 0) {
            for (int i = 0; i < rows; i++) {
                ends[i] = Digits.writeFour(bytes, before.write(bytes, ends[i]), values[from + i]);
            }
        } else {
            for (int i = 0; i < rows; i++) {
                ends[i] = Digits.writeFourDecimal(bytes, before.write(bytes, ends[i]), values[from + i], digits);
            }
        }
    }

    private void writeEight(long[] values, int from, int rows, byte[] bytes, int[] ends) {
        if (digits == 0) {
            for (int i = 0; i < rows; i++) {
                ends[i] = Digits.writeEight(bytes, before.write(bytes, ends[i]), values[from + i]);
            }
        } else {
            for (int i = 0; i < rows; i++) {
                ends[i] = Digits.writeEightDecimal(bytes, before.write(bytes, ends[i]), values[from + i], digits);
            }
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
