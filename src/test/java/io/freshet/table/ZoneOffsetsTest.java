package io.freshet.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Offsets through summer time. */
class ZoneOffsetsTest {

    private static TableSample read(String zone, String pattern) throws IOException {
        DateTimeFormatter format = DateTimeFormatter.ofPattern(pattern);
        String csv = IntStream.range(0, 365).mapToObj(day -> LocalDateTime.of(2022, 1, 1, 6 + day % 9, day % 60, 7)
                .plusDays(day).atZone(ZoneId.of(zone)).format(format)).collect(Collectors.joining("\n", "t\n", "\n"));
        return TableReader.read(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), TableFormat.CSV,
                ReadOptions.defaults());
    }

    @ParameterizedTest
    @CsvSource({ "America/New_York, uuuu-MM-dd'T'HH:mm:ssxxx, America/New_York",
            "Europe/Vienna, uuuu-MM-dd HH:mm:ss xx, Europe/Berlin", "Europe/London, uuuu-MM-dd'T'HH:mm:ssXXX, Europe/London",
            "Australia/Melbourne, uuuu-MM-dd'T'HH:mm:ssxxx, Australia/Sydney" })
    void offsetsFollowTheirZoneAndTextsComeBackAsTheyWere(String zone, String pattern, String found) throws IOException {
        TableSample sample = read(zone, pattern);
        ColumnType.DateTime type = (ColumnType.DateTime) sample.schema().column(0).type();
        assertThat(type.format().pattern()).isEqualTo(pattern + "{" + found + "}");
        assertThat(sample.notices()).singleElement().satisfies(notice -> assertThat(notice.message()).contains(found));
        DateTimeFormatter format = DateTimeFormatter.ofPattern(pattern);
        for (int day = 0; day < 365; day++) {
            long ticks = ((NumberVector) sample.rows().vector(0)).values()[day];
            LocalDateTime local = LocalDateTime.of(2022, 1, 1, 6 + day % 9, day % 60, 7).plusDays(day);
            assertThat(type.format().print(ticks)).isEqualTo(local.atZone(ZoneId.of(zone)).format(format));
            assertThat(type.format().epochMicros(ticks)).isEqualTo(local.atZone(ZoneId.of(zone)).toEpochSecond() * 1_000_000);
            assertThat(type.format().ticksOf(type.format().epochMicros(ticks))).isEqualTo(ticks);
        }
    }

    @Test
    void anInstantOfAnotherOffsetIsWrittenAsTheClockOfTheZoneShowsIt() {
        DateTimeFormat format = DateTimeFormat.of("uuuu-MM-dd'T'HH:mmxxx{Europe/Berlin}", ChronoUnit.MINUTES);
        assertThat(format.print(format.parse("2023-07-01T20:30-05:00"))).isEqualTo("2023-07-02T03:30+02:00");
        assertThat(format.print(format.parse("2023-10-15T09:00+01:00"))).isEqualTo("2023-10-15T09:00+02:00");
    }

    @Test
    void aPatternNamesAZoneThatExistsAtItsEnd() {
        assertThatThrownBy(() -> DateTimeFormat.of("HH:mmxxx{Europe/Atlantis}", ChronoUnit.MINUTES))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("Europe/Atlantis");
        assertThatThrownBy(() -> DateTimeFormat.of("xxx{Europe/Berlin}HH:mm", ChronoUnit.MINUTES))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("at the end");
        assertThatThrownBy(() -> DateTimeFormat.of("HH:mmxxx", ChronoUnit.MINUTES))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
