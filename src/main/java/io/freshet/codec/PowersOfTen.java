package io.freshet.codec;

import java.math.BigInteger;

/**
 * Powers of ten as integers of 126 bits, rounded up: 10<sup>e</sup> ≈ {@code (high(e) · 2^63 + low(e)) · 2^(log2(e) − 125)},
 * where the first factor is at least 2<sup>125</sup> and less than 2<sup>126</sup>. They are computed once, when the first
 * double is written.
 */
final class PowersOfTen {

    static final int LEAST = -292;
    static final int GREATEST = 324;
    private static final int BITS = 126;
    private static final int LOW_BITS = 63;
    private static final long[] HIGH = new long[GREATEST - LEAST + 1];
    private static final long[] LOW = new long[HIGH.length];

    static {
        BigInteger power = BigInteger.ONE;
        for (int e = 0; e <= GREATEST; e++) {
            put(e, power.shiftLeft(BITS).shiftRight(power.bitLength()));
            if (e > 0 && -e >= LEAST) {
                put(-e, BigInteger.ONE.shiftLeft(BITS - 1 + power.bitLength()).divide(power));
            }
            power = power.multiply(BigInteger.TEN);
        }
    }

    private PowersOfTen() {
    }

    private static void put(int exponent, BigInteger roundedDown) {
        BigInteger roundedUp = roundedDown.add(BigInteger.ONE);
        HIGH[exponent - LEAST] = roundedUp.shiftRight(LOW_BITS).longValueExact();
        LOW[exponent - LEAST] = roundedUp.and(BigInteger.ONE.shiftLeft(LOW_BITS).subtract(BigInteger.ONE)).longValueExact();
    }

    static long high(int exponent) {
        return HIGH[exponent - LEAST];
    }

    static long low(int exponent) {
        return LOW[exponent - LEAST];
    }

    /** Returns ⌊log<sub>2</sub> 10<sup>exponent</sup>⌋, for exponents within ±1,800. */
    static int log2(int exponent) {
        return (int) (exponent * 913_124_641_741L >> 38);
    }

    /** Returns ⌊log<sub>10</sub> 2<sup>exponent</sup>⌋, for exponents within ±5,000. */
    static int log10(int exponent) {
        return (int) (exponent * 661_971_961_083L >> 41);
    }

    /** Returns ⌊log<sub>10</sub> (¾ · 2<sup>exponent</sup>)⌋, for exponents within ±5,000. */
    static int log10OfThreeQuarters(int exponent) {
        return (int) (exponent * 661_971_961_083L - 274_743_187_321L >> 41);
    }
}
