package io.freshet.table;

import static io.freshet.table.Tables.column;
import static io.freshet.table.Tables.csv;
import static io.freshet.table.Tables.missing;
import static io.freshet.table.Tables.type;
import static io.freshet.table.Tables.typeName;
import static io.freshet.table.Tables.values;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class DateColumnTest {

    private static ColumnType.DateTime format(String pattern, ChronoUnit resolution) {
        return new ColumnType.DateTime(DateTimeFormat.of(pattern, resolution));
    }

    @Test
    void integersOfEightDigitsAreDatesIfAllAreValidDays() {
        TableSample table = column(IntStream.range(0, 100)
                .mapToObj(i -> LocalDate.of(1990, 1, 1).plusDays(i * 37L).format(DateTimeFormatter.BASIC_ISO_DATE))
                .toArray(String[]::new));
        assertThat(((ColumnType.DateTime) type(table, "x")).format().pattern()).isEqualTo("uuuuMMdd");
        TableSample amounts = column(IntStream.range(0, 100).mapToObj(i -> "" + (19_900_101 + i * 37)).toArray(String[]::new));
        assertThat(typeName(amounts, "x")).isEqualTo("integer");
    }

    @Test
    void datesInTwoFormatsAreWrittenInTheMoreFrequentOne() {
        TableSample table = column(IntStream.range(0, 100)
                .mapToObj(i -> LocalDate.of(2020, 1, 1).plusDays(i * 5L)
                        .format(DateTimeFormatter.ofPattern(i % 3 == 0 ? "uuuu-MM-dd" : "dd/MM/uuuu")))
                .toArray(String[]::new));
        assertThat(((ColumnType.DateTime) type(table, "x")).format().pattern()).isEqualTo("dd/MM/uuuu");
        assertThat(missing(table, "x")).isZero();
        assertThat(values(table, "x").get(3)).isEqualTo("16/01/2020");
        assertThat(table.notices()).singleElement().asString().contains("dd/MM/uuuu and [uuuu-MM-dd]");
    }

    @Test
    void aDeclaredFormatIsReadAndWritten() {
        ReadOptions options = ReadOptions.defaults().withDateFormats(java.util.Map.of("x", "dd.MM.uu"));
        TableSample table = Tables.read("x\n01.02.24\n03.04.24\n05.06.24\n".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                TableFormat.CSV, options);
        assertThat(values(table, "x")).containsExactly("01.02.24", "03.04.24", "05.06.24");
        assertThat(((ColumnType.DateTime) type(table, "x")).format())
                .isEqualTo(DateTimeFormat.of("dd.MM.uu", ChronoUnit.DAYS));
        assertThat(Tables.refusal(() -> ReadOptions.defaults().withDateFormats(java.util.Map.of("x", "QQ"))))
                .startsWith("format.x: ");
    }

    @Test
    void offsetsThatAreMadeOneAreSaid() {
        TableSample table = column("2023-03-05T09:31:00+01:00", "2023-07-26T09:37:00+04:00", "2023-08-26T09:37:00+04:00");
        assertThat(values(table, "x").get(1)).isEqualTo("2023-07-26T06:37:00+01:00");
        assertThat(table.notices()).singleElement().asString().contains("2 of 3 values", "+01:00");
        assertThat(column("2023-03-05T09:31:00+01:00", "2023-07-26T09:37:00+01:00").notices()).isEmpty();
    }

    @Test
    void aDistantExtremeIsKeptExactly() {
        TableSample table = column("2020-01-01", "2021-05-03", "9999-12-31", "2019-01-31");
        assertThat(values(table, "x").get(2)).isEqualTo("9999-12-31");
    }

    @Test
    void anImpossibleMonthShowsWhichNumberIsTheDay() {
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
    void optionalSecondsAreOneFormat() {
        // the format in which Java writes local times
        TableSample seconds = column("2024-01-01T10:00", "2024-01-01T10:00:05", "2024-03-01T09:30");
        assertThat(type(seconds, "x")).isEqualTo(format("uuuu-MM-dd'T'HH:mm:ss", ChronoUnit.SECONDS));
        assertThat(values(seconds, "x")).containsExactly("2024-01-01T10:00:00", "2024-01-01T10:00:05", "2024-03-01T09:30:00");
        assertThat(type(column("2024-01-01T10:00:05.125", "2024-01-01T10:00", "2024-01-01T10:00:05"), "x"))
                .isEqualTo(format("uuuu-MM-dd'T'HH:mm:ss.SSS", ChronoUnit.MILLIS));
        assertThat(type(column("2024-01-01T10:00", "2024-01-01T10:01"), "x"))
                .isEqualTo(format("uuuu-MM-dd'T'HH:mm", ChronoUnit.MINUTES));
    }

    @Test
    void datesWithPlaceholdersAreDates() {
        TableSample table = column("2024-01-01", "None", "2024-01-03");
        assertThat(typeName(table, "x")).isEqualTo("datetime");
        assertThat(Tables.missing(table, "x")).isEqualTo(1);
    }

    @Test
    void datesOfDifferentFormatsAreCategories() {
        assertThat(typeName(column("2024-01-01", "01.02.2024", "2024-01-01"), "x")).isEqualTo("categorical");
    }

    @Test
    void manyDistinctDatesRemainDates() {
        DateTimeFormatter european = DateTimeFormatter.ofPattern("dd/MM/uuuu HH:mm:ss");
        List<String> texts = new ArrayList<>();
        StringBuilder text = new StringBuilder("t\n");
        // sorted, so that the first thousands do not show which number is the month
        for (int i = 0; i < 20_000; i++) {
            texts.add(european.format(LocalDateTime.of(2024, 1, 1, 0, 0, 7).plusMinutes(i)));
            text.append(texts.get(i)).append('\n');
        }
        TableSample table = csv(text.toString());
        assertThat(type(table, "t")).isEqualTo(format("dd/MM/uuuu HH:mm:ss", ChronoUnit.SECONDS));
        assertThat(values(table, "t")).isEqualTo(texts);
    }

    private static ReadOptions dayFirst() {
        ColumnType type = new ColumnType.DateTime(DateTimeFormat.of("dd/MM/uuuu", java.time.temporal.ChronoUnit.DAYS));
        return ReadOptions.defaults().withTypesOf(new Schema(java.util.List.of(new Column("d", type, false))));
    }

    private static TableSample readDayFirst(String csv) {
        return Tables.read(csv.getBytes(java.nio.charset.StandardCharsets.UTF_8), TableFormat.CSV, dayFirst());
    }

    @Test
    void datesOfAKnownFormatAreReadInItEvenIfAnotherWouldFit() {
        TableSample table = readDayFirst("d\n01/09/2024\n07/09/2024\n2/9/2024\n2024-09-03\n");

        assertThat(((ColumnType.DateTime) table.schema().column(0).type()).format().pattern()).isEqualTo("dd/MM/uuuu");
        NumberVector days = (NumberVector) table.rows().vector(0);
        assertThat(java.util.Arrays.stream(days.values()).mapToObj(java.time.LocalDate::ofEpochDay).map(Object::toString))
                .containsExactly("2024-09-01", "2024-09-07", "2024-09-02", "2024-09-03");
    }

    @Test
    void rejectsATextInAnotherFormatWithColumnRowAndFormat() {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> readDayFirst("d\n01/09/2024\n09/13/2024\n"))
                .isInstanceOf(TableException.class)
                .hasMessage("column d, row 2: \"09/13/2024\" is not a date in the format dd/MM/uuuu");
    }
}
