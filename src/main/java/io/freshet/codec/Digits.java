package io.freshet.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes numbers as ASCII, eight bytes at a time: whatever is written may spill up to eight bytes beyond its end. */
final class Digits {

    /** Eight bytes of an array, little-endian. */
    static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** Eight zeros as ASCII: added to {@link #eight} it makes text. */
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

    /** 10<sup>exponent</sup>, for 0 to 18. */
    static long power(int exponent) {
        return POWERS[exponent];
    }

    /** The eight digits of a number below 10<sup>8</sup>, first digit in the lowest byte, each 0 to 9. */
    static long eight(long number) {
        long high = number * 109_951_163L >>> 40;
        long halves = high | number - high * 10_000 << 32;
        long hundreds = (halves * 10_486 >>> 20) & 0x0000007F0000007FL;
        long pairs = (halves - 100 * hundreds << 16) + hundreds;
        long tens = (pairs * 103 >>> 10) & 0x000F000F000F000FL;
        return (pairs - 10 * tens << 8) + tens;
    }

    /** The four digits of a number below 10<sup>4</sup>, first digit in the lowest byte, each 0 to 9. */
    private static long four(long number) {
        int hundreds = (int) number * 10_486 >>> 20;
        int pairs = ((int) number - 100 * hundreds << 16) + hundreds;
        int tens = pairs * 103 >>> 10 & 0x000F000F;
        return (pairs - 10 * tens << 8) + tens;
    }

    /** Two digits as ASCII, the first in the lower byte. */
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

    /** Writes an integer; returns the position behind it. */
    static int write(byte[] bytes, int at, long number) {
        if (number == Long.MIN_VALUE) {
            return ascii(bytes, at, Long.toString(number));
        }
        return writePositive(bytes, sign(bytes, at, number), Math.abs(number));
    }

    /** The same for an integer from 0 to 9,999. */
    static int writeFour(byte[] bytes, int at, long number) {
        long digits = four(number);
        int leading = leadingZeros(digits, 3);
        WORD.set(bytes, at, digits + ZEROS >>> 8 * leading);
        return at + 4 - leading;
    }

    /** The same for an integer from 0 to 99,999,999. */
    static int writeEight(byte[] bytes, int at, long number) {
        long digits = eight(number);
        int leading = leadingZeros(digits, 7);
        WORD.set(bytes, at, digits + ZEROS >>> 8 * leading);
        return at + 8 - leading;
    }

    /** Writes a minus, and counts it only if there is to be one. */
    private static int sign(byte[] bytes, int at, long number) {
        bytes[at] = '-';
        return at + (int) (number >>> 63);
    }

    private static int writePositive(byte[] bytes, int at, long number) {
        if (number < HUNDRED_MILLION) {
            return writeEight(bytes, at, number);
        }
        int next = writePositive(bytes, at, number / HUNDRED_MILLION);
        WORD.set(bytes, next, eight(number % HUNDRED_MILLION) + ZEROS);
        return next + 8;
    }

    private static int leadingZeros(long digits, int most) {
        return Math.min(most, Long.numberOfTrailingZeros(digits) >>> 3);
    }

    /**
     * Writes {@code scaled} / 10<sup>digits</sup> with all its digits; returns the position behind it.
     *
     * @param digits 0 to 18
     */
    static int writeDecimal(byte[] bytes, int at, long scaled, int digits) {
        if (digits == 0) {
            return write(bytes, at, scaled);
        }
        int next = sign(bytes, at, scaled);
        long rest = Math.abs(scaled);
        if (digits < 8 && rest < HUNDRED_MILLION) {
            return writeEightDecimal(bytes, next, rest, digits);
        }
        next = writePositive(bytes, next, rest / POWERS[digits]);
        bytes[next++] = '.';
        return writePadded(bytes, next, rest % POWERS[digits], digits);
    }

    /**
     * The same for a {@code scaled} from 0 to 9,999.
     *
     * @param digits 1 to 3
     */
    static int writeFourDecimal(byte[] bytes, int at, long scaled, int digits) {
        return point(bytes, at, four(scaled), 4, digits);
    }

    /**
     * The same for a {@code scaled} from 0 to 99,999,999.
     *
     * @param digits 1 to 7
     */
    static int writeEightDecimal(byte[] bytes, int at, long scaled, int digits) {
        return point(bytes, at, eight(scaled), 8, digits);
    }

    /** Writes {@code width} digits with a point before the last {@code digits} of them, without leading zeros. */
    private static int point(byte[] bytes, int at, long all, int width, int digits) {
        int leading = leadingZeros(all, width - 1 - digits);
        long text = all + ZEROS;
        int point = at + width - digits - leading;
        WORD.set(bytes, at, text >>> 8 * leading);
        bytes[point] = '.';
        WORD.set(bytes, point + 1, text >>> 8 * (width - digits));
        return point + 1 + digits;
    }

    /** Writes a number below 10<sup>digits</sup> with leading zeros; returns the position behind it. */
    static int writePadded(byte[] bytes, int at, long number, int digits) {
        if (digits > 8) {
            int next = writePadded(bytes, at, number / HUNDRED_MILLION, digits - 8);
            WORD.set(bytes, next, eight(number % HUNDRED_MILLION) + ZEROS);
            return next + 8;
        }
        WORD.set(bytes, at, eight(number * POWERS[8 - digits]) + ZEROS);
        return at + digits;
    }

    /** Writes a text of ASCII; returns the position behind it. */
    static int ascii(byte[] bytes, int at, String text) {
        byte[] encoded = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(encoded, 0, bytes, at, encoded.length);
        return at + encoded.length;
    }
}
