package io.freshet.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeUnitsTest {

    @ParameterizedTest
    @CsvSource({ "1773828000, 1773828000000", "1773828000.5, 1773828000500", "1773828000123, 1773828000123",
            "1773828000123456, 1773828000123", "1773828000123456789, 1773828000123", "12000, 12000", "-5, -5" })
    void theUnitOfANumberIsRecognisedByItsSize(String number, long millis) {
        Number value = number.contains(".") ? (Number) Double.valueOf(number) : (Number) Long.valueOf(number);

        assertThat(Times.millis(value)).hasValue(millis);
    }

    @ParameterizedTest
    @CsvSource({ "s, 12000", "ms, 12", "us, 0", "ns, 0" })
    void aDeclaredUnitDecides(String unit, long millis) {
        assertThat(Times.millis(12L, TimeUnits.find(unit).orElseThrow())).hasValue(millis);
    }

    @Test
    void aNumberThatIsNoTimeIsNone() {
        assertThat(Times.millis(1e300)).isEmpty();
        assertThat(Times.millis(Double.NaN)).isEmpty();
    }
}
