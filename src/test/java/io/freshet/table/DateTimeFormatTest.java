package io.freshet.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateTimeFormatTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "2024-02-29 | uuuu-MM-dd | DAYS",
            "1815/06/18 | uuuu/MM/dd | DAYS",
            "2187.12.01 | uuuu.MM.dd | DAYS",
            "2024-1-5 | uuuu-M-d | DAYS",
            "12/31/1999 | MM/dd/uuuu | DAYS",
            "31/12/1999 | dd/MM/uuuu | DAYS",
            "1/8/1990 0:00 | M/d/uuuu H:mm | MINUTES",
            "1/31/90 | M/d/uu | DAYS",
            "31.12.1999 | dd.MM.uuuu | DAYS",
            "5.1.2024 17:03 | d.M.uuuu HH:mm | MINUTES",
            "03-JAN-2020 | dd-LLL-uuuu | DAYS",
            "3 SEPTEMBER 2020 | d LLLL uuuu | DAYS",
            "Dec 8, 2022 3:15 pm | MMM d, uuuu h:mm aa | MINUTES",
            "09/07/2020, 11:56:59 AM | MM/dd/uuuu, hh:mm:ss a | SECONDS",
            "Mon, 07 Sep 2020 11:56:59 GMT | EEE, dd MMM uuuu HH:mm:ss' GMT' | SECONDS",
            "Monday, September 7, 2020 | EEEE, MMMM d, uuuu | DAYS",
            "2020-22-09 | uuuu-dd-MM | DAYS",
            "20200907T115659Z | uuuuMMdd'T'HHmmss'Z' | SECONDS",
            "20200907 | uuuuMMdd | DAYS",
            "31122020 | ddMMuuuu | DAYS",
            "27-09-20 | dd-MM-uu | DAYS",
            "07/Sep/2020:11:56:59 +0000 | dd/MMM/uuuu:HH:mm:ss' +0000' | SECONDS",
            "2020-09-07 11:56:59 CET | uuuu-MM-dd HH:mm:ss' CET' | SECONDS",
            "9999-12-31 | uuuu-MM-dd | DAYS",
            "17:05 | HH:mm | MINUTES",
            "9:05:30 pm | h:mm:ss aa | SECONDS",
            "08-Jan-1990 | dd-MMM-uuuu | DAYS",
            "8 January 1990 | d MMMM uuuu | DAYS",
            "January 8, 1990 | MMMM d, uuuu | DAYS",
            "2024-03-31T02:30 | uuuu-MM-dd'T'HH:mm | MINUTES",
            "2024-03-31 02:30:59 | uuuu-MM-dd HH:mm:ss | SECONDS",
            "2024-03-31T02:30:59Z | uuuu-MM-dd'T'HH:mm:ss'Z' | SECONDS",
            "2024-03-31T02:30:59.120Z | uuuu-MM-dd'T'HH:mm:ss.SSS'Z' | MILLIS",
            "2024-03-31T02:30:59.120034+05:30 | uuuu-MM-dd'T'HH:mm:ss.SSSSSS'+05:30' | MICROS",
            "1960-03-31 02:30:59,120 | uuuu-MM-dd HH:mm:ss,SSS | MILLIS",
            "2024-03-31 12:30:59 UTC | uuuu-MM-dd HH:mm:ss' UTC' | SECONDS",
            "3/31/2024 12:05 AM | M/d/uuuu hh:mm a | MINUTES",
            "3/31/2024 1:05:09 PM | M/d/uuuu h:mm:ss a | SECONDS" })
    void commonFormatsAreDetectedAndWrittenAsTheyWereRead(String text, String pattern, ChronoUnit resolution) {
        DateTimeFormat format = DateTimeFormat.candidates(text).get(0);
        assertThat(format).isEqualTo(DateTimeFormat.of(pattern, resolution));
        assertThat(format.print(format.parse(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "2024", "2024-13-13", "2023-02-29", "1900-02-29", "31/31/2024", "2024-01-01T24:00",
            "2024-01-01T23:60", "12-34-56", "1.2.3", "192.168.10.255", "2024-01/05", "5 Foo 2024", "2024-01-01 junk",
            "1-800-2020", "00/10/2024" })
    void aTextThatIsNotADateHasNoFormat(String text) {
        assertThat(DateTimeFormat.candidates(text)).isEmpty();
    }

    @Test
    void ticksAgreeWithJavaTimeInEveryYear() {
        DateTimeFormat format = DateTimeFormat.of("uuuu-MM-dd", ChronoUnit.DAYS);
        for (long day = LocalDate.of(1, 1, 1).toEpochDay(); day < LocalDate.of(9999, 12, 31).toEpochDay(); day += 997) {
            String text = LocalDate.ofEpochDay(day).toString();
            assertThat(format.parse(text)).isEqualTo(day);
            assertThat(format.print(day)).isEqualTo(text);
        }
    }

    @Test
    void patternsAgreeWithJavaTime() {
        LocalDateTime time = LocalDateTime.of(1967, 4, 5, 0, 7, 9, 12_345_000);
        for (String pattern : List.of("uuuu-MM-dd'T'HH:mm:ss.SSSSSS", "d/M/uuuu h:mm:ss.SSSSSSSSS a",
                "MMM dd, yyyy HH:mm:ss.SSSSSS",
                "d-MMMM-uuuu H:m:s.SSSSSS 'o''clock'")) {
            DateTimeFormat format = DateTimeFormat.of(pattern, ChronoUnit.MICROS);
            String text = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(time).replace("Mrz", "Mar");
            long micros = ChronoUnit.MICROS.between(LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC), time);
            assertThat(format.print(micros)).isEqualTo(text);
            assertThat(format.parse(text)).isEqualTo(micros);
        }
    }

    @Test
    void anotherOffsetIsConvertedToTheOffsetOfThePattern() {
        DateTimeFormat winter = DateTimeFormat.of("uuuu-MM-dd'T'HH:mm'+01:00'", ChronoUnit.MINUTES);
        assertThat(winter.print(winter.parse("2024-07-01T00:30+02:00"))).isEqualTo("2024-06-30T23:30+01:00");
        assertThat(winter.print(winter.parse("2024-07-01T00:30Z"))).isEqualTo("2024-07-01T01:30+01:00");
        assertThat(winter.print(winter.parse("2024-07-01T00:30-0330"))).isEqualTo("2024-07-01T05:00+01:00");
        assertThat(winter.accepts("2024-07-01T00:30")).isFalse();
    }

    @Test
    void trailingZerosOfAFractionMayBeAbsent() {
        DateTimeFormat format = DateTimeFormat.of("uuuu-MM-dd HH:mm:ss.SSSSSS", ChronoUnit.MICROS);
        assertThat(format.print(format.parse("2024-01-01 00:00:01.5"))).isEqualTo("2024-01-01 00:00:01.500000");
        assertThat(format.print(format.parse("2024-01-01 00:00:01"))).isEqualTo("2024-01-01 00:00:01.000000");
    }

    @Test
    void aCoarseResolutionDropsWhatIsBelow() {
        DateTimeFormat hours = DateTimeFormat.of("uuuu-MM-dd HH:mm", ChronoUnit.HOURS);
        assertThat(hours.parse("1970-01-02 03:59")).isEqualTo(27);
        assertThat(hours.parse("1969-12-31 23:30")).isEqualTo(-1);
        assertThat(hours.print(-1)).isEqualTo("1969-12-31 23:00");
    }

    @Test
    void rejectsOtherTexts() {
        DateTimeFormat format = DateTimeFormat.of("uuuu-MM-dd", ChronoUnit.DAYS);
        assertThatThrownBy(() -> format.parse("2024-01-01x")).isInstanceOf(DateTimeParseException.class)
                .hasMessageContaining("uuuu-MM-dd");
    }

    @Test
    void rejectsInvalidPatternsAndResolutions() {
        assertThatThrownBy(() -> DateTimeFormat.of("uuuu-ww", ChronoUnit.DAYS)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("letter w");
        assertThatThrownBy(() -> DateTimeFormat.of("uuuu'T", ChronoUnit.DAYS)).hasMessageContaining("quote");
        assertThatThrownBy(() -> DateTimeFormat.of("uuuu", ChronoUnit.YEARS)).hasMessageContaining("resolution");
    }
}
