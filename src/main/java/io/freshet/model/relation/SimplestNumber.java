package io.freshet.model.relation;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.OptionalDouble;

/** Finds the factor that somebody wrote into a formula, given the range that the rows of a table leave for it. */
final class SimplestNumber {

    /** A decimal with so few digits is simpler than a fraction. */
    private static final int FEW_DIGITS = 4;
    private static final int MAX_DIGITS = 12;
    private static final int MAX_DIVISOR = 400;

    private SimplestNumber() {
    }

    /**
     * Returns the decimal with the fewest digits in a range, or a fraction if the decimal has more than four.
     *
     * @return empty if the range is empty or contains no such number
     */
    static OptionalDouble between(double low, double high) {
        if (!(low <= high) || Double.isInfinite(low) || Double.isInfinite(high)) {
            return OptionalDouble.empty();
        }
        OptionalDouble found = decimal(low, high, 1, FEW_DIGITS);
        if (found.isEmpty()) {
            found = fraction(low, high);
        }
        return found.isPresent() ? found : decimal(low, high, FEW_DIGITS + 1, MAX_DIGITS);
    }

    private static OptionalDouble decimal(double low, double high, int fewest, int most) {
        for (int digits = fewest; digits <= most; digits++) {
            for (double number : new double[] { rounded((low + high) / 2, digits, RoundingMode.HALF_EVEN),
                    rounded(low, digits, RoundingMode.CEILING) }) {
                if (low <= number && number <= high) {
                    return OptionalDouble.of(number);
                }
            }
        }
        return OptionalDouble.empty();
    }

    private static double rounded(double number, int digits, RoundingMode mode) {
        return new BigDecimal(number).round(new MathContext(digits, mode)).doubleValue();
    }

    /** Returns the fraction with the smallest divisor in a range; empty if all divisors are large. */
    static OptionalDouble fraction(double low, double high) {
        for (int divisor = 2; divisor <= MAX_DIVISOR; divisor++) {
            double number = Math.rint((low + high) / 2 * divisor) / divisor;
            if (low <= number && number <= high) {
                return OptionalDouble.of(number);
            }
        }
        return OptionalDouble.empty();
    }
}
