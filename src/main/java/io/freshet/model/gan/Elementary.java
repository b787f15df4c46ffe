package io.freshet.model.gan;

/**
 * Elementary functions for networks. They use only IEEE basic operations, so that every JVM, processor and native image
 * computes the same bits; {@link StrictMath} would be several times slower. The relative error is below 1e-12.
 */
final class Elementary {

    private static final double LOG2 = 0.6931471805599453;
    private static final double INVERSE_LOG2 = 1.4426950408889634;
    private static final double SQRT2 = 1.4142135623730951;
    private static final double MAX_EXPONENT = 700;
    /** Adding and subtracting this number rounds to an integer. */
    private static final double ROUNDING = 0x1.8p52;
    private static final int BIAS = 1023;
    private static final int MANTISSA_BITS = 52;
    private static final long MANTISSA = (1L << MANTISSA_BITS) - 1;
    private static final long ONE = 0x3FF0000000000000L;

    private Elementary() {
    }

    /** Returns eˣ; arguments beyond ±700 count as ±700. */
    static double exp(double x) {
        double bounded = Math.max(-MAX_EXPONENT, Math.min(MAX_EXPONENT, x));
        double whole = bounded * INVERSE_LOG2 + ROUNDING - ROUNDING;
        double rest = bounded - whole * LOG2;
        double sum = 1 + rest * (1 + rest * (1.0 / 2 + rest * (1.0 / 6 + rest * (1.0 / 24 + rest * (1.0 / 120
                + rest * (1.0 / 720 + rest * (1.0 / 5040 + rest * (1.0 / 40320 + rest * (1.0 / 362880
                        + rest * (1.0 / 3628800))))))))));
        return sum * Double.longBitsToDouble((long) whole + BIAS << MANTISSA_BITS);
    }

    /** Returns the natural logarithm of a positive, normal number. */
    static double log(double x) {
        long bits = Double.doubleToRawLongBits(x);
        double exponent = (int) (bits >>> MANTISSA_BITS) - BIAS;
        double mantissa = Double.longBitsToDouble(bits & MANTISSA | ONE);
        if (mantissa > SQRT2) {
            mantissa *= .5;
            exponent++;
        }
        // log m = 2 artanh((m − 1) / (m + 1)), with an argument of at most .172
        double t = (mantissa - 1) / (mantissa + 1);
        double s = t * t;
        double series = 1 + s * (1.0 / 3 + s * (1.0 / 5 + s * (1.0 / 7 + s * (1.0 / 9 + s * (1.0 / 11 + s * (1.0 / 13
                + s * (1.0 / 15)))))));
        return exponent * LOG2 + 2 * t * series;
    }

    static double tanh(double x) {
        double e = exp(-2 * Math.abs(x));
        double size = (1 - e) / (1 + e);
        return x < 0 ? -size : size;
    }

    /** Returns a number from the standard Gumbel distribution. */
    static float gumbel(double uniform) {
        return (float) -log(-log(uniform));
    }
}
