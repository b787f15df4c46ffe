package io.freshet.table;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * Parses decimal numbers: an optional minus sign, digits without leading zeros, a point, an exponent. A text with a plus sign,
 * a leading zero or an integer beyond 63 bits is a code, not a number. Holds the number that was parsed last. Not thread-safe.
 */
final class NumberText {

    private static final long OVERFLOWS = (Long.MAX_VALUE - 9) / 10;
    private static final int MAX_DIGITS = 18;
    /** A rounding error of a double has at least this many digits after the point. */
    private static final int MIN_ERROR_DIGITS = 12;
    /** What is left without the error is a number that people write. */
    private static final double MAX_WITHOUT_ERROR = 1e10;
    private static final int MAX_DIGITS_WITHOUT_ERROR = 8;
    private static final int ERROR_ULPS = 4;
    private static final double[] POWERS = powers();

    private long unscaled;
    private int digits;
    private boolean exact;
    private boolean exponent;
    private double inexact;

    private static double[] powers() {
        double[] powers = new double[MAX_DIGITS + 1];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }

    boolean parse(FieldText text) {
        return parse(text.bytes(), 0, text.length());
    }

    /** Returns whether these bytes are a finite number. */
    boolean parse(byte[] bytes, int from, int length) {
        int end = from + length;
        int start = length > 0 && bytes[from] == '-' ? from + 1 : from;
        int i = start;
        int point = -1;
        long number = 0;
        boolean overflow = false;
        for (; i < end; i++) {
            int digit = bytes[i] - '0';
            if (digit >= 0 && digit <= 9) {
                overflow |= number > OVERFLOWS;
                number = number * 10 + digit;
            } else if (bytes[i] == '.' && point < 0) {
                point = i;
            } else {
                break;
            }
        }
        int whole = (point < 0 ? i : point) - start;
        digits = point < 0 ? 0 : i - point - 1;
        if (whole + digits == 0 || whole > 1 && bytes[start] == '0' || i == end && point < 0 && overflow) {
            return false;
        }
        unscaled = start > from ? -number : number;
        exponent = i < end;
        exact = !exponent && !overflow && digits <= MAX_DIGITS;
        return exact || (!exponent || isExponent(bytes, i, end)) && parseInexact(bytes, from, length);
    }

    private static boolean isExponent(byte[] bytes, int from, int end) {
        int i = from + 1;
        if (i < end && (bytes[i] == '-' || bytes[i] == '+')) {
            i++;
        }
        boolean any = i < end && (bytes[from] == 'e' || bytes[from] == 'E');
        while (i < end && bytes[i] >= '0' && bytes[i] <= '9') {
            i++;
        }
        return any && i == end;
    }

    private boolean parseInexact(byte[] bytes, int from, int length) {
        inexact = Double.parseDouble(new String(bytes, from, length, StandardCharsets.ISO_8859_1));
        return Double.isFinite(inexact);
    }

    /**
     * Returns whether the number equals {@link #unscaled()} · 10<sup>−{@link #digits()}</sup> exactly; otherwise only a double
     * holds it.
     */
    boolean isExact() {
        return exact;
    }

    /** Returns whether the number is written without a point or an exponent. */
    boolean isInteger() {
        return exact && digits == 0;
    }

    long unscaled() {
        return unscaled;
    }

    /** Returns the digits after the point. */
    int digits() {
        return digits;
    }

    /** Removes trailing zeros of the fraction, so that 3.0 is an integer. */
    void dropTrailingZeros() {
        while (exact && digits > 0 && unscaled % 10 == 0) {
            unscaled /= 10;
            digits--;
        }
    }

    /**
     * Removes the rounding error that calculations with doubles leave, so that 36.361999999999995 is 36.362. A number that is
     * no short decimal within a few units of the last place stays as it is.
     */
    void dropRoundingError() {
        if (exponent || digits < MIN_ERROR_DIGITS) {
            return;
        }
        double value = doubleValue();
        for (int d = 0; d <= MAX_DIGITS_WITHOUT_ERROR && Math.abs(value) * POWERS[d] < MAX_WITHOUT_ERROR; d++) {
            long rounded = Math.round(value * POWERS[d]);
            if (rounded != 0 && Math.abs(rounded / POWERS[d] - value) <= ERROR_ULPS * Math.ulp(value)) {
                unscaled = rounded;
                digits = d;
                exact = true;
                return;
            }
        }
    }

    /** Returns the nearest double. */
    double doubleValue() {
        if (!exact) {
            return inexact;
        }
        return Math.abs(unscaled) <= 1L << 53 ? unscaled / POWERS[digits]
                : new BigDecimal(BigInteger.valueOf(unscaled), digits).doubleValue();
    }

    /** Returns a power of ten with an exponent of 0 to 18. */
    static double power(int exponent) {
        return POWERS[exponent];
    }
}
