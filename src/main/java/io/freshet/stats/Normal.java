package io.freshet.stats;

/**
 * The standard normal distribution. It uses only IEEE basic operations and {@link StrictMath}, so that every JVM and
 * processor computes the same bits.
 *
 * <p>
 * Sources: M. J. Wichura, <i>Algorithm AS 241: the percentage points of the normal distribution</i>, Appl. Stat. 37
 * (1988), doi:10.2307/2347330; W. J. Cody, <i>Rational Chebyshev approximations for the error function</i>, Math. Comp. 23
 * (1969), doi:10.1090/S0025-5718-1969-0247736-4.
 */
public final class Normal {

    private static final double SQRT_HALF = 0.70710678118654752440;
    private static final double INVERSE_SQRT_2PI = 0.39894228040143267794;
    private static final double INVERSE_SQRT_PI = 0.56418958354775628695;

    private static final double[] CENTRAL_NUMERATOR = { 2.5090809287301226727e3, 3.3430575583588128105e4,
            6.7265770927008700853e4, 4.5921953931549871457e4, 1.3731693765509461125e4, 1.9715909503065514427e3,
            1.3314166789178437745e2, 3.387132872796366608e0 };
    private static final double[] CENTRAL_DENOMINATOR = { 5.226495278852545925e3, 2.8729085735721942674e4,
            3.9307895800092710610e4, 2.1213794301586595867e4, 5.3941960214247511077e3, 6.8718700749205790830e2,
            4.2313330701600911252e1, 1.0 };
    private static final double[] TAIL_NUMERATOR = { 7.74545014278341407640e-4, 2.27238449892691845833e-2,
            2.41780725177450611770e-1, 1.27045825245236838258e0, 3.64784832476320460504e0, 5.76949722146069140550e0,
            4.63033784615654529590e0, 1.42343711074968357734e0 };
    private static final double[] TAIL_DENOMINATOR = { 1.05075007164441684324e-9, 5.475938084995344946e-4,
            1.51986665636164571966e-2, 1.48103976427480074590e-1, 6.89767334985100004550e-1, 1.67638483018380384940e0,
            2.05319162663775882187e0, 1.0 };
    private static final double[] FAR_NUMERATOR = { 2.01033439929228813265e-7, 2.71155556874348757815e-5,
            1.24266094738807843860e-3, 2.65321895265761230930e-2, 2.96560571828504891230e-1, 1.78482653991729133580e0,
            5.46378491116411436990e0, 6.65790464350110377720e0 };
    private static final double[] FAR_DENOMINATOR = { 2.04426310338993978564e-15, 1.4215117583164458887e-7,
            1.8463183175100546818e-5, 7.86869131145613259100e-4, 1.48753612908506148525e-2, 1.36929880922735805310e-1,
            5.99832206555887937690e-1, 1.0 };

    private static final double[] ERF_A = { 3.1611237438705656, 113.864154151050156, 377.485237685302021, 3209.37758913846947,
            .185777706184603153 };
    private static final double[] ERF_B = { 23.6012909523441209, 244.024637934444173, 1282.61652607737228,
            2844.23683343917062 };
    private static final double[] ERF_C = { .564188496988670089, 8.88314979438837594, 66.1191906371416295,
            298.635138197400131, 881.95222124176909, 1712.04761263407058, 2051.07837782607147, 1230.33935479799725,
            2.15311535474403846e-8 };
    private static final double[] ERF_D = { 15.7449261107098347, 117.693950891312499, 537.181101862009858,
            1621.38957456669019, 3290.79923573345963, 4362.61909014324716, 3439.36767414372164, 1230.33935480374942 };
    private static final double[] ERF_P = { .305326634961232344, .360344899949804439, .125781726111229246,
            .0160837851487422766, 6.58749161529837803e-4, .0163153871373020978 };
    private static final double[] ERF_Q = { 2.56852019228982242, 1.87295284992346725, .527905102951428412,
            .0605183413124413191, .00233520497626869185 };

    private static final int CELL_BITS = 6;
    private static final int CELLS = 64 << CELL_BITS;
    private static final int CELL_MASK = 4 * (CELLS - 1);
    private static final int FIRST_CELL = 1023 << CELL_BITS;
    private static final double[] CUBICS = cubics();

    private Normal() {
    }

    /** Returns the density φ(z). */
    public static double density(double z) {
        return INVERSE_SQRT_2PI * StrictMath.exp(-0.5 * z * z);
    }

    /** Returns the probability Φ(z), with full relative accuracy in the lower tail. */
    public static double cumulative(double z) {
        return 0.5 * complementaryError(-z * SQRT_HALF);
    }

    /** Returns the quantile Φ⁻¹(p) for p in (0, 1); −∞ at 0 and ∞ at 1. */
    public static double inverse(double p) {
        if (p <= 0 || p >= 1) {
            return p <= 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        double q = p - 0.5;
        if (Math.abs(q) <= 0.425) {
            return central(q);
        }
        double z = tail(q < 0 ? p : 1 - p);
        return q < 0 ? -z : z;
    }

    /** Converts one word as {@link #ofWords} does. */
    public static double ofWord(long word) {
        double[] z = new double[1];
        ofWords(new long[] { word }, z, 1);
        return z[0];
    }

    /**
     * Converts 64-bit words to standard normal numbers through a table of cubics. The sign bit of a word is the sign, and
     * the other 63 bits are the tail probability. The result is monotone in the tail probability, with an error below
     * 4e-10.
     */
    public static void ofWords(long[] words, double[] z, int n) {
        double[] cubics = CUBICS;
        for (int i = 0; i < n; i++) {
            long word = words[i];
            long bits = Double.doubleToRawLongBits((double) ((word & Long.MAX_VALUE) | 1));
            // the mask has no effect on the value, but lets the compiler prove that the index is within the table
            int cell = ((int) (bits >>> (52 - CELL_BITS)) - FIRST_CELL << 2) & CELL_MASK;
            double t = Double.longBitsToDouble(((bits << CELL_BITS) & 0x000FFFFFFFFFFFFFL) | 0x3FF0000000000000L) - 1.0;
            double size = cubics[cell] + t * (cubics[cell + 1] + t * (cubics[cell + 2] + t * cubics[cell + 3]));
            z[i] = Double.longBitsToDouble(Double.doubleToRawLongBits(size) ^ (word & Long.MIN_VALUE));
        }
    }

    private static double central(double q) {
        double r = .180625 - q * q;
        return q * polynomial(CENTRAL_NUMERATOR, r) / polynomial(CENTRAL_DENOMINATOR, r);
    }

    private static double tail(double p) {
        double r = StrictMath.sqrt(-StrictMath.log(p));
        return r <= 5 ? polynomial(TAIL_NUMERATOR, r - 1.6) / polynomial(TAIL_DENOMINATOR, r - 1.6)
                : polynomial(FAR_NUMERATOR, r - 5) / polynomial(FAR_DENOMINATOR, r - 5);
    }

    private static double polynomial(double[] coefficients, double x) {
        double sum = coefficients[0];
        for (int i = 1; i < coefficients.length; i++) {
            sum = sum * x + coefficients[i];
        }
        return sum;
    }

    private static double complementaryError(double x) {
        double y = Math.abs(x);
        if (y <= 0.46875) {
            double square = y > 1.11e-16 ? y * y : 0;
            double numerator = ERF_A[4] * square;
            double denominator = square;
            for (int i = 0; i < 3; i++) {
                numerator = (numerator + ERF_A[i]) * square;
                denominator = (denominator + ERF_B[i]) * square;
            }
            return 1 - x * (numerator + ERF_A[3]) / (denominator + ERF_B[3]);
        }
        if (y > 38) {
            return x < 0 ? 2 : 0;
        }
        double rounded = (double) (long) (y * 16) / 16;
        double rest = (y - rounded) * (y + rounded);
        double upper = StrictMath.exp(-rounded * rounded) * StrictMath.exp(-rest) * (y <= 4 ? middle(y) : far(y));
        return x < 0 ? 2 - upper : upper;
    }

    private static double middle(double y) {
        double numerator = ERF_C[8] * y;
        double denominator = y;
        for (int i = 0; i < 7; i++) {
            numerator = (numerator + ERF_C[i]) * y;
            denominator = (denominator + ERF_D[i]) * y;
        }
        return (numerator + ERF_C[7]) / (denominator + ERF_D[7]);
    }

    private static double far(double y) {
        double square = 1 / (y * y);
        double numerator = ERF_P[5] * square;
        double denominator = square;
        for (int i = 0; i < 4; i++) {
            numerator = (numerator + ERF_P[i]) * square;
            denominator = (denominator + ERF_Q[i]) * square;
        }
        return (INVERSE_SQRT_PI - square * (numerator + ERF_P[4]) / (denominator + ERF_Q[4])) / y;
    }

    /** Builds the Hermite cubics of Φ⁻¹(m · 2⁻⁶⁴) over 2<sup>6</sup> cells in each binary octave of m. */
    private static double[] cubics() {
        double[] table = new double[4 * CELLS];
        for (int cell = 0; cell < CELLS; cell++) {
            int octave = cell >> CELL_BITS;
            double step = (cell & ((1 << CELL_BITS) - 1)) / (double) (1 << CELL_BITS);
            double left = StrictMath.scalb(1 + step, octave);
            double right = StrictMath.scalb(1 + step + 1.0 / (1 << CELL_BITS), octave);
            double z0 = lowerQuantile(left);
            double z1 = lowerQuantile(right);
            double width = (right - left) * 0x1p-64;
            double slope0 = width / density(z0);
            double slope1 = width / density(z1);
            table[4 * cell] = z0;
            table[4 * cell + 1] = slope0;
            table[4 * cell + 2] = 3 * (z1 - z0) - 2 * slope0 - slope1;
            table[4 * cell + 3] = slope0 + slope1 - 2 * (z1 - z0);
        }
        return table;
    }

    private static double lowerQuantile(double magnitude) {
        double p = magnitude * 0x1p-64;
        if (p >= 0.5) {
            return 0;
        }
        return p > 0.075 ? central(p - 0.5) : -tail(p);
    }
}
