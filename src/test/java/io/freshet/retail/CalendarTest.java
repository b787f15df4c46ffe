package io.freshet.retail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalendarTest {

    private final Calendar calendar = new Calendar(ParameterFile.defaults());

    /** The dates are from the tables of the Astronomical Society and of the U.S. Census Bureau. */
    @ParameterizedTest
    @ValueSource(strings = { "1818-03-22", "1943-04-25", "1999-04-04", "2000-04-23", "2008-03-23", "2024-03-31", "2025-04-20",
            "2026-04-05", "2027-03-28", "2038-04-25", "2049-04-18" })
    void easterIsWhenItIs(LocalDate easter) {
        assertThat(Holiday.easter(easter.getYear())).isEqualTo(easter);
    }

    @Test
    void storesAreClosedOnFixedAndMovableFeasts() {
        List<LocalDate> closed = LocalDate.of(2026, 1, 1).datesUntil(LocalDate.of(2027, 1, 1))
                .filter(day -> !calendar.isOpen(day)).toList();

        assertThat(closed).extracting(LocalDate::toString).containsExactly("2026-01-01", "2026-04-03", "2026-04-05",
                "2026-04-06",
                "2026-05-01", "2026-05-14", "2026-05-25", "2026-12-25", "2026-12-26");
    }

    @Test
    void factorsMultiply() {
        // a Friday in November, the day after the fourth Thursday
        assertThat(calendar.factor(LocalDate.of(2026, 11, 27))).isCloseTo(1.16 * 1.06 * 1.35, within(1e-9));
        assertThat(calendar.factor(LocalDate.of(2026, 11, 20))).isCloseTo(1.16 * 1.06, within(1e-9));
        // a Tuesday that is a payday, the day after it, and the day after that
        assertThat(calendar.factor(LocalDate.of(2026, 9, 15))).isCloseTo(0.90 * 0.99 * 1.08, within(1e-9));
        assertThat(calendar.factor(LocalDate.of(2026, 9, 16))).isCloseTo(0.93 * 0.99 * 1.08, within(1e-9));
        assertThat(calendar.factor(LocalDate.of(2026, 9, 17))).isCloseTo(1.00 * 0.99, within(1e-9));
        // the Saturday before Easter
        assertThat(calendar.factor(LocalDate.of(2026, 4, 4))).isCloseTo(1.32 * 1.00 * 1.30, within(1e-9));
    }
}
