package io.freshet.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTextTest {

    private final NumberText number = new NumberText();

    private boolean parse(String text) {
        FieldText field = new FieldText();
        field.set(text);
        return number.parse(field);
    }

    @ParameterizedTest
    @ValueSource(strings = { "0", "-0", "7", "-12.50", "0.1", ".5", "5.", "123456789012345678", "9223372036854775799",
            "0.000000000000000001", "-9007199254740993", "90071992547409.93", "1234567890.12345678" })
    void exactNumbersAreTheirDigits(String text) {
        assertThat(parse(text)).isTrue();
        assertThat(number.isExact()).isTrue();
        assertThat(BigDecimal.valueOf(number.unscaled(), number.digits())).isEqualByComparingTo(new BigDecimal(text));
        assertThat(number.doubleValue()).isEqualTo(Double.parseDouble(text) + 0.0);
    }

    @ParameterizedTest
    @ValueSource(strings = { "1e5", "-2.5E-300", "12345678901234567890.5", "0.1234567890123456789", "1E+2" })
    void otherNumbersAreTheNearestDouble(String text) {
        assertThat(parse(text)).isTrue();
        assertThat(number.isExact()).isFalse();
        assertThat(number.doubleValue()).isEqualTo(Double.parseDouble(text));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "-", ".", "-.", "+1", "01", "1.2.3", "1e", "1e+", "e5", "0x10", "1f", "NaN", "Infinity",
            "1e999", "12345678901234567890", "1 000", "١٢", "--1" })
    void codesAndWordsAreNotNumbers(String text) {
        assertThat(parse(text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({ "36.361999999999995, 36.362", "0.30000000000000004, 0.3", "-17.700000000000003, -17.7",
            "2.9999999999999996, 3",
            "100.00000000000001, 100", "19.990000000000000213, 19.99", "4.35, 4.35", "0.000000000001, 0.000000000001",
            "4.318063334962762, 4.318063334962762", "0.1234567890123, 0.1234567890123" })
    void theRoundingErrorOfDoublesCanBeDropped(String text, double expected) {
        assertThat(parse(text)).isTrue();
        number.dropRoundingError();
        assertThat(number.doubleValue()).isEqualTo(expected);
    }

    @Test
    void trailingZerosCanBeDropped() {
        assertThat(parse("1200.500")).isTrue();
        number.dropTrailingZeros();
        assertThat(number.unscaled()).isEqualTo(12005);
        assertThat(number.digits()).isEqualTo(1);
    }
}
