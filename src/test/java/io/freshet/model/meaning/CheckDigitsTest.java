package io.freshet.model.meaning;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers are published examples of the standards, or of Wikipedia's articles on them. */
class CheckDigitsTest {

    @ParameterizedTest
    @CsvSource({ "LUHN, 4111 1111 1111 1111", "LUHN, 490154203237518", "EAN, 4006381333931", "EAN, 73513537",
            "EAN, 978-0-306-40615-7", "ISBN_10, 0-306-40615-2", "ISBN_10, 080442957X", "IBAN, GB82 WEST 1234 5698 7654 32",
            "IBAN, DE89370400440532013000", "VIN, 1M8GDM9AXKP042788" })
    void publishedExamplesAreRight(CheckDigits check, String text) {
        assertThat(check.isRight(text)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({ "LUHN, 4111 1111 1111 1112", "EAN, 4006381333932", "ISBN_10, 0-306-40615-3",
            "IBAN, GB83 WEST 1234 5698 7654 32", "VIN, 1M8GDM9A1KP042788" })
    void anotherDigitIsWrongAndIsPutRight(CheckDigits check, String text) {
        assertThat(check.isRight(text)).isFalse();
        StringBuilder fixed = new StringBuilder(text);
        check.fix(fixed, 0);
        assertThat(check.isRight(fixed.toString())).isTrue();
        assertThat(fixed.toString().replaceAll("[0-9X]", "")).isEqualTo(text.replaceAll("[0-9X]", ""));
    }
}
