package io.freshet.codec;

/**
 * Finds the shortest decimal that reads back as a given double and, of several, the closest to it. It uses integers only,
 * following R. Giulietti, <i>The Schubfach way to render doubles</i> (2021): the double and the ends of the interval that
 * rounds to it are scaled by a power of ten so that at most one multiple of ten and at least one integer lie inside.
 *
 * <p>
 * Where one digit would suffice, the closest decimal of two digits is taken, as {@link Double#toString} does since JDK 19.
 * Reusable; not thread-safe.
 */
final class ShortestDecimal {

    private static final int FRACTION_BITS = 52;
    private static final long HIDDEN_BIT = 1L << FRACTION_BITS;
    private static final long FRACTION = HIDDEN_BIT - 1;
    /** The binary exponent of the smallest doubles, counted from the last bit of their significand. */
    private static final int MIN_EXPONENT = -1074;
    private static final long LOW_63 = Long.MAX_VALUE;
    /** A subnormal significand below this has fewer than two decimal digits. */
    private static final long TINY = 3;

    private long digits;
    private int exponent;

    /** Returns the digits as an integer of at most 17 digits, which may end in zeros. */
    long digits() {
        return digits;
    }

    /** Returns the exponent: the decimal is {@link #digits} · 10<sup>exponent</sup>. */
    int exponent() {
        return exponent;
    }

    /** Finds the decimal for a finite number above zero. */
    void find(double value) {
        long bits = Double.doubleToRawLongBits(value);
        long fraction = bits & FRACTION;
        int biased = (int) (bits >>> FRACTION_BITS);
        if (biased == 0) {
            if (fraction < TINY) {
                // multiplied by ten to get two digits
                find(fraction * 10, MIN_EXPONENT, true);
                exponent--;
            } else {
                find(fraction, MIN_EXPONENT, true);
            }
            return;
        }
        long significand = fraction | HIDDEN_BIT;
        int binary = biased - 1 + MIN_EXPONENT;
        if (binary < 0 && binary > -FRACTION_BITS - 1 && significand << 64 + binary == 0) {
            digits = significand >>> -binary;
            exponent = 0;
            return;
        }
        // the double below a power of two is nearer than the one above it
        find(significand, binary, fraction != 0 || biased == 1);
    }

    private void find(long significand, int binary, boolean centred) {
        long odd = significand & 1;
        long four = significand << 2;
        int decimal = centred ? PowersOfTen.log10(binary) : PowersOfTen.log10OfThreeQuarters(binary);
        int shift = binary + PowersOfTen.log2(-decimal) + 2;
        long high = PowersOfTen.high(-decimal);
        long low = PowersOfTen.low(-decimal);
        // four times the value and the ends of its interval; an odd significand excludes the ends
        long value = scale(high, low, four << shift);
        long lower = scale(high, low, four - (centred ? 2 : 1) << shift) + odd;
        long upper = scale(high, low, four + 2 << shift) - odd;
        exponent = decimal;
        long below = value >> 2;
        if (below >= 100) {
            long tens = below / 10 * 10;
            boolean tensInside = lower <= tens << 2;
            boolean nextTensInside = tens + 10 << 2 <= upper;
            if (tensInside != nextTensInside) {
                digits = tensInside ? tens : tens + 10;
                return;
            }
        }
        boolean belowInside = lower <= below << 2;
        boolean aboveInside = below + 1 << 2 <= upper;
        if (belowInside != aboveInside) {
            digits = belowInside ? below : below + 1;
            return;
        }
        long beyondMiddle = value - (2 * below + 1 << 1);
        digits = beyondMiddle < 0 || beyondMiddle == 0 && (below & 1) == 0 ? below : below + 1;
    }

    /** Returns ⌊x · power / 2^127⌋ for a power of 126 bits, with the last bit set if any lower bits were dropped. */
    private static long scale(long high, long low, long x) {
        long dropped = Math.multiplyHigh(low, x);
        long middle = (high * x >>> 1) + dropped;
        long whole = Math.multiplyHigh(high, x) + (middle >>> 63);
        return whole | (middle & LOW_63) + LOW_63 >>> 63;
    }
}
