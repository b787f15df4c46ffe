package io.freshet.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes numbers as ASCII, eight bytes at a time: whatever is written may spill up to eight bytes beyond its end. */
final class Digits {

    /** Eight bytes of an array, little-endian. */
    static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ZEROS = 0x3030303030303030L;
    private static final long HUNDRED_MILLION = 100_000_000L;
    private static final long[] POWERS = powers();

    private Digits() {
    }

    private static long[] powers() {
        long[] powers = new long[19];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }

    /** The eight digits of a number below 10<sup>8</sup>, first digit in the lowest byte, each 0 to 9. */
    private static long eight(long number) {
        long halves = number / 10_000 | number % 10_000 << 32;
        long hundreds = (halves * 10_486 >>> 20) & 0x0000007F0000007FL;
        long pairs = (halves - 100 * hundreds << 16) + hundreds;
        long tens = (pairs * 103 >>> 10) & 0x000F000F000F000FL;
        return (pairs - 10 * tens << 8) + tens;
    }

    /** Writes an integer; returns the position behind it. */
    static int write(byte[] bytes, int at, long number) {
        if (number < 0) {
            if (number == Long.MIN_VALUE) {
                return ascii(bytes, at, Long.toString(number));
            }
            bytes[at] = '-';
            return writePositive(bytes, at + 1, -number);
        }
        return writePositive(bytes, at, number);
    }

    private static int writePositive(byte[] bytes, int at, long number) {
        if (number < HUNDRED_MILLION) {
            long digits = eight(number);
            int leading = Math.min(7, Long.numberOfTrailingZeros(digits | 1L << 60) >>> 3);
            WORD.set(bytes, at, digits + ZEROS >>> 8 * leading);
            return at + 8 - leading;
        }
        int next = writePositive(bytes, at, number / HUNDRED_MILLION);
        WORD.set(bytes, next, eight(number % HUNDRED_MILLION) + ZEROS);
        return next + 8;
    }

    /** Writes {@code scaled} / 10<sup>digits</sup> with all its digits; returns the position behind it. */
    static int writeDecimal(byte[] bytes, int at, long scaled, int digits) {
        if (digits == 0) {
            return write(bytes, at, scaled);
        }
        int next = at;
        long rest = scaled;
        if (scaled < 0) {
            bytes[next++] = '-';
            rest = -scaled;
        }
        next = writePositive(bytes, next, rest / POWERS[digits]);
        bytes[next++] = '.';
        return writePadded(bytes, next, rest % POWERS[digits], digits);
    }

    /** Writes a number below 10<sup>digits</sup> with leading zeros; returns the position behind it. */
    static int writePadded(byte[] bytes, int at, long number, int digits) {
        if (digits > 8) {
            int first = digits - 8;
            int next = writePadded(bytes, at, number / HUNDRED_MILLION, first);
            WORD.set(bytes, next, eight(number % HUNDRED_MILLION) + ZEROS);
            return next + 8;
        }
        WORD.set(bytes, at, eight(number * POWERS[8 - digits]) + ZEROS);
        return at + digits;
    }

    static int ascii(byte[] bytes, int at, String text) {
        byte[] encoded = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(encoded, 0, bytes, at, encoded.length);
        return at + encoded.length;
    }
}
