package io.freshet.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes numbers as ASCII, eight bytes at a time. Every write may overrun its end by up to eight bytes. */
final class Digits {

    /** Accesses eight bytes of an array as a little-endian long. */
    static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** Eight ASCII zeros. Adding them to the result of {@link #eight} turns digits into text. */
    static final long ZEROS = 0x3030303030303030L;
    static final long HUNDRED_MILLION = 100_000_000L;
    private static final long[] POWERS = powers();
    private static final short[] TWO = pairs();

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

    /** Returns 10<sup>exponent</sup>, for exponents from 0 to 18. */
    static long power(int exponent) {
        return POWERS[exponent];
    }

    /** Returns the eight digits of a number below 10<sup>8</sup>, the first digit in the lowest byte, each from 0 to 9. */
    static long eight(long number) {
        // each step halves numbers: v becomes v / n below v mod n, that is (v << bits) − v / n · ((n << bits) − 1)
        long halves = (number << 32) - (number * 109_951_163L >>> 40) * ((10_000L << 32) - 1);
        long pairs = (halves << 16) - (halves * 10_486 >>> 20 & 0x0000007F0000007FL) * ((100L << 16) - 1);
        return (pairs << 8) - (pairs * 103 >>> 10 & 0x000F000F000F000FL) * ((10L << 8) - 1);
    }

    /** Returns two digits as ASCII, the first in the lower byte. */
    static long two(int number) {
        return TWO[number];
    }

    private static short[] pairs() {
        short[] pairs = new short[100];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = (short) ('0' + i / 10 | '0' + i % 10 << 8);
        }
        return pairs;
    }

    /**
     * Writes an integer.
     *
     * @return the position after it
     */
    static int write(byte[] bytes, int at, long number) {
        if (number == Long.MIN_VALUE) {
            return ascii(bytes, at, Long.toString(number));
        }
        return writePositive(bytes, sign(bytes, at, number), Math.abs(number));
    }

    /**
     * Writes an integer from 0 to 99,999,999, given as the digits that {@link #eight} returns.
     *
     * @return the position after it
     */
    static int whole(byte[] bytes, int at, long digits) {
        int leading = leadingZeros(digits, 7);
        WORD.set(bytes, at, digits + ZEROS >>> 8 * leading);
        return at + 8 - leading;
    }

    /** Writes a minus sign, and advances the position only if the number is negative. */
    static int sign(byte[] bytes, int at, long number) {
        bytes[at] = '-';
        return at + (int) (number >>> 63);
    }

    private static int writePositive(byte[] bytes, int at, long number) {
        if (number < HUNDRED_MILLION) {
            return whole(bytes, at, eight(number));
        }
        int next = writePositive(bytes, at, number / HUNDRED_MILLION);
        WORD.set(bytes, next, eight(number % HUNDRED_MILLION) + ZEROS);
        return next + 8;
    }

    /** Returns the number of leading zeros of digits whose first is in the lowest byte, at most {@code max}. */
    static int leadingZeros(long digits, int max) {
        return Math.min(max, Long.numberOfTrailingZeros(digits) >>> 3);
    }

    /**
     * Writes {@code scaled} / 10<sup>digits</sup> with all its digits.
     *
     * @param digits 0 to 18
     * @return the position after it
     */
    static int writeDecimal(byte[] bytes, int at, long scaled, int digits) {
        if (digits == 0) {
            return write(bytes, at, scaled);
        }
        int next = sign(bytes, at, scaled);
        long rest = Math.abs(scaled);
        if (digits < 8 && rest < HUNDRED_MILLION) {
            return decimal(bytes, next, eight(rest), digits);
        }
        next = writePositive(bytes, next, rest / POWERS[digits]);
        bytes[next++] = '.';
        return writePadded(bytes, next, rest % POWERS[digits], digits);
    }

    /**
     * Writes a decimal whose scaled value is from 0 to 99,999,999, given as the digits that {@link #eight} returns.
     *
     * @param digits the number of digits after the decimal point, 1 to 7
     * @return the position after it
     */
    static int decimal(byte[] bytes, int at, long all, int digits) {
        int leading = leadingZeros(all, 7 - digits);
        long text = all + ZEROS;
        int point = at + 8 - digits - leading;
        WORD.set(bytes, at, text >>> 8 * leading);
        WORD.set(bytes, point, text >>> 8 * (8 - digits) << 8 | '.');
        return point + 1 + digits;
    }

    /**
     * Writes a number below 10<sup>digits</sup> with leading zeros.
     *
     * @return the position after it
     */
    static int writePadded(byte[] bytes, int at, long number, int digits) {
        if (digits > 8) {
            int next = writePadded(bytes, at, number / HUNDRED_MILLION, digits - 8);
            WORD.set(bytes, next, eight(number % HUNDRED_MILLION) + ZEROS);
            return next + 8;
        }
        WORD.set(bytes, at, eight(number * POWERS[8 - digits]) + ZEROS);
        return at + digits;
    }

    /**
     * Writes an ASCII text.
     *
     * @return the position after it
     */
    static int ascii(byte[] bytes, int at, String text) {
        byte[] encoded = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(encoded, 0, bytes, at, encoded.length);
        return at + encoded.length;
    }
}
