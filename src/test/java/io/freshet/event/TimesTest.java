package io.freshet.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

    @Test
    void readsTheUsualFormAsJavaDoes() {
        DateTimeFormatter form = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
        for (long day = -40_000; day < 60_000; day += 13) {
            long millis = day * 86_400_000L + day * 7919L % 86_400_000L;
            assertThat(Times.millis(form.format(Instant.ofEpochMilli(millis)))).hasValue(millis);
        }
    }

    @ParameterizedTest
    @CsvSource({ "2026-03-01, 2026-03-01T00:00:00Z", "2026-03-01T12:30, 2026-03-01T12:30:00Z",
            "2026-03-01 12:30:05, 2026-03-01T12:30:05Z", "2026-03-01T12:30:05+02:00, 2026-03-01T10:30:05Z",
            "2026-03-01T12:30:05.25Z, 2026-03-01T12:30:05.250Z", "2026-03-01T12:30:05.123456Z, 2026-03-01T12:30:05.123Z",
            "2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z" })
    void readsOtherForms(String text, String instant) {
        assertThat(Times.millis(text)).hasValue(Instant.parse(instant).toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "soon", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z", "2026-03-01T25:00:00Z", "20260301",
            "2026-03-01Tab:30:05Z", "12345678901234567890" })
    void readsNothingElse(String text) {
        assertThat(Times.millis(text)).isEmpty();
    }
}
