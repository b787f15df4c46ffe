package io.freshet.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import java.util.function.DoubleConsumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoubleTextTest {

    private final DoubleText text = new DoubleText();
    private final SplittableRandom random = new SplittableRandom(20260101);

    /**
     * Values of all kinds: arbitrary bits, powers of two and of ten with their neighbours, decimals, integers and subnormals.
     */
    private void values(int ofEachKind, DoubleConsumer test) {
        for (int i = 0; i < ofEachKind; i++) {
            accept(Double.longBitsToDouble(random.nextLong()), test);
            accept(random.nextLong(1L << 54), test);
            accept(random.nextLong(1_000_000) / 1000.0, test);
            accept(random.nextLong() / Math.pow(10, random.nextInt(30)), test);
            accept(Double.longBitsToDouble(random.nextLong() >>> random.nextInt(12, 64)), test);
        }
        for (int e = -1074; e <= 1023; e++) {
            double power = Math.scalb(1.0, e);
            accept(power, test);
            accept(Math.nextUp(power), test);
            accept(Math.nextDown(power), test);
        }
        for (int e = -324; e <= 308; e++) {
            double power = Double.parseDouble("1e" + e);
            accept(power, test);
            accept(Math.nextUp(power), test);
            accept(Math.nextDown(power), test);
        }
    }

    private static void accept(double value, DoubleConsumer test) {
        if (Double.isFinite(value)) {
            test.accept(value);
        }
    }

    @ParameterizedTest
    @CsvSource({ "0.0, 0.0", "-0.0, -0.0", "1.0, 1.0", "-1.5, -1.5", "100.0, 100.0", "0.1, 0.1", "0.001, 0.001",
            "0.0012345, 0.0012345", "9.999E-4, 9.999E-4", "9999999.0, 9999999.0", "1.0E7, 1.0E7", "1.2345678E7, 1.2345678E7",
            "123456.789, 123456.789", "0.30000000000000004, 0.30000000000000004", "2.0E-3, 0.002", "4.9E-324, 4.9E-324",
            "1.0E23, 1.0E23", "2.2250738585072014E-308, 2.2250738585072014E-308", "9.007199254740992E15, 9.007199254740992E15",
            "1.7976931348623157E308, 1.7976931348623157E308", "2.0E22, 2.0E22", "8.41E21, 8.41E21", "2.82879384806159E17, "
                    + "2.82879384806159E17" })
    void writesWhatJavaWrites(double value, String expected) {
        assertThat(text.text(value)).isEqualTo(expected);
    }

    @Test
    void isReadBackAsTheSameNumber() {
        values(20_000, value -> {
            if (Double.doubleToLongBits(Double.parseDouble(text.text(value))) != Double.doubleToLongBits(value)) {
                assertThat(text.text(value)).isEqualTo(Double.toString(value));
            }
        });
    }

    @Test
    void noDecimalWithFewerDigitsIsReadBackAndNoneOfAsManyIsCloser() {
        values(4_000, value -> {
            if (value != 0) {
                BigDecimal written = new BigDecimal(text.text(value)).stripTrailingZeros();
                BigDecimal shortest = shortest(value);
                if (written.compareTo(shortest) != 0) {
                    assertThat(written).as(Double.toHexString(value)).isEqualTo(shortest);
                }
            }
        });
    }

    /** Finds the closest of the shortest decimals by trial, with two digits where one would suffice. */
    private static BigDecimal shortest(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 2;; digits++) {
            BigDecimal best = null;
            for (RoundingMode mode : new RoundingMode[] { RoundingMode.HALF_EVEN, RoundingMode.DOWN, RoundingMode.UP }) {
                BigDecimal rounded = exact.round(new MathContext(digits, mode));
                boolean closer = best == null
                        || rounded.subtract(exact).abs().compareTo(best.subtract(exact).abs()) < 0;
                if (rounded.doubleValue() == value && closer) {
                    best = rounded;
                }
            }
            if (best != null) {
                return best;
            }
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_19)
    void writesTheSameAsTheJdk() {
        values(200_000, value -> {
            if (!text.text(value).equals(Double.toString(value))) {
                assertThat(text.text(value)).isEqualTo(Double.toString(value));
            }
        });
    }

    @Test
    void theLogarithmsOfPowersAreExact() {
        for (int e = PowersOfTen.LEAST; e <= PowersOfTen.GREATEST; e++) {
            BigDecimal power = BigDecimal.ONE.scaleByPowerOfTen(e);
            assertThat(power).isBetween(powerOfTwo(PowersOfTen.log2(e)), powerOfTwo(PowersOfTen.log2(e) + 1));
        }
        for (int e = -1100; e <= 1100; e++) {
            BigDecimal threeQuarters = new BigDecimal("0.75").multiply(powerOfTwo(e));
            int log = PowersOfTen.log10(e);
            assertThat(powerOfTwo(e)).isBetween(BigDecimal.ONE.scaleByPowerOfTen(log),
                    BigDecimal.ONE.scaleByPowerOfTen(log + 1));
            int logOfThreeQuarters = PowersOfTen.log10OfThreeQuarters(e);
            assertThat(threeQuarters).isBetween(BigDecimal.ONE.scaleByPowerOfTen(logOfThreeQuarters),
                    BigDecimal.ONE.scaleByPowerOfTen(logOfThreeQuarters + 1));
        }
    }

    private static BigDecimal powerOfTwo(int exponent) {
        return exponent >= 0 ? BigDecimal.valueOf(2).pow(exponent) : new BigDecimal("0.5").pow(-exponent);
    }
}
