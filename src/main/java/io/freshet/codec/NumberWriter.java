package io.freshet.codec;

import io.freshet.table.ColumnVector;
import io.freshet.table.NumberVector;

/** Writes scaled integers as decimals. */
final class NumberWriter implements FieldWriter {

    private static final int WIDEST_NUMBER = 32;
    private static final long SEVEN_NINES = 9_999_999;
    private static final long EIGHT_NINES = 99_999_999;

    private final ByteFragment before;
    private final ByteFragment missing;
    private final int digits;
    /** Selects the bytes of {@link Digits#eight} after the decimal point. */
    private final long fraction;
    /** Turns seven digits with a gap for the decimal point into text: the point and ASCII zeros. */
    private final long pointed;

    NumberWriter(ByteFragment before, ByteFragment missing, int digits) {
        this.before = before;
        this.missing = missing;
        this.digits = digits;
        fraction = digits == 0 || digits > 8 ? 0 : -1L << 8 * (8 - digits);
        pointed = gapped(Digits.ZEROS) + ((long) '.' << 8 * (7 - digits));
    }

    /** Drops the first of eight digits and leaves a gap before the fraction. */
    private long gapped(long all) {
        return all & fraction | (all & ~fraction) >>> 8;
    }

    @Override
    public long widest(ColumnVector vector, int from, int rows) {
        return Math.max(before.length() + WIDEST_NUMBER, missing.widest());
    }

    @Override
    public void write(ColumnVector vector, int from, int rows, byte[] bytes, int[] ends) {
        long[] values = ((NumberVector) vector).values();
        long belowSeven = 0;
        long belowEight = 0;
        for (int i = from; i < from + rows; i++) {
            long magnitude = Math.abs(values[i]);
            belowSeven |= SEVEN_NINES - magnitude;
            belowEight |= EIGHT_NINES - magnitude;
        }
        // most blocks have no missing or large values and then need no branches
        if (belowEight < 0 || digits > 7) {
            writeAny(values, from, rows, bytes, ends);
        } else if (digits == 0) {
            writeWhole(values, from, rows, bytes, ends);
        } else if (belowSeven < 0 || digits > 6) {
            writeEight(values, from, rows, bytes, ends);
        } else {
            writeSeven(values, from, rows, bytes, ends);
        }
    }

    private void writeWhole(long[] values, int from, int rows, byte[] bytes, int[] ends) {
        for (int i = 0; i < rows; i++) {
            long value = values[from + i];
            int at = Digits.sign(bytes, before.write(bytes, ends[i]), value);
            ends[i] = Digits.whole(bytes, at, Digits.eight(Math.abs(value)));
        }
    }

    private void writeEight(long[] values, int from, int rows, byte[] bytes, int[] ends) {
        for (int i = 0; i < rows; i++) {
            long value = values[from + i];
            int at = Digits.sign(bytes, before.write(bytes, ends[i]), value);
            ends[i] = Digits.decimal(bytes, at, Digits.eight(Math.abs(value)), digits);
        }
    }

    /** Writes seven digits and the decimal point, which fit into one word. */
    private void writeSeven(long[] values, int from, int rows, byte[] bytes, int[] ends) {
        int max = 6 - digits;
        for (int i = 0; i < rows; i++) {
            long value = values[from + i];
            int at = Digits.sign(bytes, before.write(bytes, ends[i]), value);
            long all = gapped(Digits.eight(Math.abs(value)));
            int leading = Digits.leadingZeros(all, max);
            Digits.WORD.set(bytes, at, all + pointed >>> 8 * leading);
            ends[i] = at + 8 - leading;
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
