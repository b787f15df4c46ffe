package io.freshet.model.privacy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** A positive fraction. */
public record Rational(BigInteger numerator, BigInteger denominator) {

    /** Above this number, only whole numbers are used. */
    private static final double LARGE = 1024;
    private static final int BITS = 30;

    public Rational {
        if (numerator.signum() <= 0 || denominator.signum() <= 0) {
            throw new IllegalArgumentException("a fraction must be positive, not " + numerator + "/" + denominator);
        }
    }

    /** Returns a fraction that is at least a number and hardly above it. */
    public static Rational atLeast(double number) {
        return of(number, RoundingMode.CEILING);
    }

    /**
     * Returns a fraction that is at most a number and hardly below it.
     *
     * @throws IllegalArgumentException if that would be 0
     */
    public static Rational atMost(double number) {
        return of(number, RoundingMode.FLOOR);
    }

    private static Rational of(double number, RoundingMode rounding) {
        BigInteger denominator = number >= LARGE ? BigInteger.ONE : BigInteger.ONE.shiftLeft(BITS);
        BigInteger numerator = new BigDecimal(number).multiply(new BigDecimal(denominator)).setScale(0, rounding)
                .toBigInteger();
        BigInteger common = numerator.gcd(denominator);
        return common.signum() == 0 ? new Rational(numerator, denominator)
                : new Rational(numerator.divide(common), denominator.divide(common));
    }

    public double value() {
        return numerator.doubleValue() / denominator.doubleValue();
    }
}
