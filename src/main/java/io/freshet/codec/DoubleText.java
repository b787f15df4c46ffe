package io.freshet.codec;

import java.nio.charset.StandardCharsets;

/**
 * Writes doubles as {@link Double#toString} of JDK 19 and later does, on every JDK and without allocating: the shortest decimal
 * that reads back as the same double, with a decimal point, and with an exponent outside 10<sup>−3</sup> to 10<sup>7</sup>.
 * Every finite double is a valid JSON number. Not thread-safe.
 */
final class DoubleText {

    /** The maximum number of bytes that writing a double touches, including the overrun. */
    static final int WIDEST = 40;
    private static final int MAX_DIGITS = 17;
    private static final int MIN_PLAIN = -3;
    private static final int PLAIN_END = 7;
    private static final long ZERO_POINT = 0x3030303030302E30L;

    private final ShortestDecimal decimal = new ShortestDecimal();

    /**
     * Writes a finite number.
     *
     * @return the position after it
     */
    int write(byte[] bytes, int at, double value) {
        int next = at;
        if (Double.doubleToRawLongBits(value) < 0) {
            bytes[next++] = '-';
        }
        if (value == 0) {
            return Digits.ascii(bytes, next, "0.0");
        }
        decimal.find(Math.abs(value));
        int length = length(decimal.digits());
        long digits = decimal.digits() * Digits.power(MAX_DIGITS - length);
        return write(bytes, next, digits, decimal.exponent() + length - 1);
    }

    private static int length(long number) {
        int length = PowersOfTen.log10(Long.SIZE - Long.numberOfLeadingZeros(number));
        return number >= Digits.power(length) ? length + 1 : length;
    }

    /**
     * @param digits 17 digits, the first of which is not zero
     * @param exponent the decimal exponent of the first digit
     */
    private static int write(byte[] bytes, int at, long digits, int exponent) {
        long upper = digits / Digits.HUNDRED_MILLION;
        long first = upper / Digits.HUNDRED_MILLION;
        long middle = Digits.eight(upper - first * Digits.HUNDRED_MILLION);
        long last = Digits.eight(digits - upper * Digits.HUNDRED_MILLION);
        int used = last != 0 ? 17 - trailingZeros(last) : 9 - trailingZeros(middle);
        byte lead = (byte) ('0' + first);
        middle += Digits.ZEROS;
        last += Digits.ZEROS;
        if (exponent >= MIN_PLAIN && exponent < 0) {
            Digits.WORD.set(bytes, at, ZERO_POINT);
            int next = at + 1 - exponent;
            bytes[next] = lead;
            Digits.WORD.set(bytes, next + 1, middle);
            Digits.WORD.set(bytes, next + 9, last);
            return next + used;
        }
        boolean plain = exponent >= 0 && exponent < PLAIN_END;
        int whole = plain ? exponent + 1 : 1;
        bytes[at] = lead;
        Digits.WORD.set(bytes, at + 1, middle);
        bytes[at + whole] = '.';
        Digits.WORD.set(bytes, at + whole + 1, middle >>> 8 * (whole - 1));
        Digits.WORD.set(bytes, at + 10, last);
        int end = at + 1 + Math.max(used, whole + 1);
        if (plain) {
            return end;
        }
        bytes[end] = 'E';
        return Digits.write(bytes, end + 1, exponent);
    }

    /** Returns how many of eight digits at the end are zeros. */
    private static int trailingZeros(long digits) {
        return Long.numberOfLeadingZeros(digits) >>> 3;
    }

    /** Returns a finite number as text. */
    String text(double value) {
        byte[] bytes = new byte[WIDEST];
        return new String(bytes, 0, write(bytes, 0, value), StandardCharsets.ISO_8859_1);
    }
}
