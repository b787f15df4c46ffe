package io.freshet.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

    @Test
    void trailingZerosCanBeDropped() {
        assertThat(parse("1200.500")).isTrue();
        number.dropTrailingZeros();
        assertThat(number.unscaled()).isEqualTo(12005);
        assertThat(number.digits()).isEqualTo(1);
    }
}
