package io.freshet.table;

import static io.freshet.table.Tables.column;
import static io.freshet.table.Tables.csv;
import static io.freshet.table.Tables.type;
import static io.freshet.table.Tables.typeName;
import static io.freshet.table.Tables.values;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

class DateColumnTest {

    private static ColumnType.DateTime format(String pattern, ChronoUnit resolution) {
        return new ColumnType.DateTime(DateTimeFormat.of(pattern, resolution));
    }

    @Test
    void oneImpossibleMonthTellsWhichNumberIsTheDay() {
        assertThat(type(column("01/02/2024", "03/04/2024"), "x")).isEqualTo(format("MM/dd/uuuu", ChronoUnit.DAYS));
        assertThat(type(column("01/02/2024", "13/04/2024"), "x")).isEqualTo(format("dd/MM/uuuu", ChronoUnit.DAYS));
        assertThat(type(column("10/12/1990", "1/8/1990"), "x")).isEqualTo(format("M/d/uuuu", ChronoUnit.DAYS));
    }

    @Test
    void ticksAreTheCoarsestUnitThatAllValuesHave() {
        assertThat(type(column("2024-01-01T00:00:00", "2024-02-01T00:00:00"), "x"))
                .isEqualTo(format("uuuu-MM-dd'T'HH:mm:ss", ChronoUnit.DAYS));
        TableSample hours = column("2024-01-01 03:00:00.000", "1950-02-01 00:00:00.000");
        assertThat(type(hours, "x")).isEqualTo(format("uuuu-MM-dd HH:mm:ss.SSS", ChronoUnit.HOURS));
        assertThat(values(hours, "x")).containsExactly("2024-01-01 03:00:00.000", "1950-02-01 00:00:00.000");
    }

    @Test
    void fractionsOfDifferentLengthsAreOneFormat() {
        assertThat(type(column("2024-01-01T00:00:00Z", "2024-01-01T00:00:00.25Z"), "x"))
                .isEqualTo(format("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", ChronoUnit.MILLIS));
    }

    @Test
    void secondsThatAreThereSometimesAreOneFormat() {
        // as Java writes local times
        TableSample seconds = column("2024-01-01T10:00", "2024-01-01T10:00:05", "2024-03-01T09:30");
        assertThat(type(seconds, "x")).isEqualTo(format("uuuu-MM-dd'T'HH:mm:ss", ChronoUnit.SECONDS));
        assertThat(values(seconds, "x")).containsExactly("2024-01-01T10:00:00", "2024-01-01T10:00:05", "2024-03-01T09:30:00");
        assertThat(type(column("2024-01-01T10:00:05.125", "2024-01-01T10:00", "2024-01-01T10:00:05"), "x"))
                .isEqualTo(format("uuuu-MM-dd'T'HH:mm:ss.SSS", ChronoUnit.MILLIS));
        assertThat(type(column("2024-01-01T10:00", "2024-01-01T10:01"), "x"))
                .isEqualTo(format("uuuu-MM-dd'T'HH:mm", ChronoUnit.MINUTES));
    }

    @Test
    void datesWithPlaceHoldersAreDates() {
        TableSample table = column("2024-01-01", "None", "2024-01-03");
        assertThat(typeName(table, "x")).isEqualTo("datetime");
        assertThat(Tables.missing(table, "x")).isEqualTo(1);
    }

    @Test
    void datesOfDifferentFormatsAreCategories() {
        assertThat(typeName(column("2024-01-01", "01.02.2024", "2024-01-01"), "x")).isEqualTo("categorical");
    }

    @Test
    void manyDifferentDatesStayWhatTheyAre() {
        DateTimeFormatter european = DateTimeFormatter.ofPattern("dd/MM/uuuu HH:mm:ss");
        List<String> texts = new ArrayList<>();
        StringBuilder text = new StringBuilder("t\n");
        // sorted, so that the first thousands leave open which number is the month
        for (int i = 0; i < 20_000; i++) {
            texts.add(european.format(LocalDateTime.of(2024, 1, 1, 0, 0, 7).plusMinutes(i)));
            text.append(texts.get(i)).append('\n');
        }
        TableSample table = csv(text.toString());
        assertThat(type(table, "t")).isEqualTo(format("dd/MM/uuuu HH:mm:ss", ChronoUnit.SECONDS));
        assertThat(values(table, "t")).isEqualTo(texts);
    }
}
