package io.freshet.table;

import static io.freshet.table.Tables.column;
import static io.freshet.table.Tables.missing;
import static io.freshet.table.Tables.typeName;
import static io.freshet.table.Tables.values;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class OddCellsTest {

    /** The values of rows 1 to 300, of which some are replaced. */
    private static TableSample rows(java.util.function.IntFunction<String> value) {
        return column(IntStream.rangeClosed(1, 300).mapToObj(value).toArray(String[]::new));
    }

    @Test
    void oneWordAmongNumbersIsMissing() {
        TableSample table = rows(i -> i == 200 ? "n.d." : i * 7 + ".25");
        assertThat(typeName(table, "x")).isEqualTo("decimal");
        assertThat(missing(table, "x")).isEqualTo(1);
        assertThat(values(table, "x").get(200)).isEqualTo("140725");
        assertThat(table.notices()).singleElement().satisfies(notice -> {
            assertThat(notice.column()).isEqualTo("x");
            assertThat(notice.row()).isEqualTo(200);
            assertThat(notice.message()).contains("4 characters", "of 300 values", "type.x=categorical")
                    .doesNotContain("n.d.");
        });
    }

    @Test
    void oneWordAmongDatesIsMissing() {
        TableSample table = rows(i -> i == 1 ? "unknown" : "2024-01-%02d".formatted(i % 31 + 1));
        assertThat(typeName(table, "x")).isEqualTo("datetime");
        assertThat(missing(table, "x")).isEqualTo(1);
    }

    @Test
    void dayFirstFormatsAreStillDetected() {
        TableSample table = rows(i -> i == 300 ? "31/01/2024" : "%02d/01/2024".formatted(i % 12 + 1));
        assertThat(missing(table, "x")).isZero();
        assertThat(((ColumnType.DateTime) Tables.type(table, "x")).format().pattern()).isEqualTo("dd/MM/uuuu");
    }

    @Test
    void wordsInMoreThanOnePerCentAreValues() {
        assertThat(typeName(rows(i -> i % 60 == 0 ? "n.d." : i * 7 + ".25"), "x")).isNotEqualTo("decimal");
    }

    @Test
    void aCodeWithALeadingZeroMakesAllNumbersCodes() {
        assertThat(typeName(rows(i -> i == 200 ? "0123" : "" + i * 7), "x")).isNotEqualTo("integer");
    }

    @Test
    void aRareLetterAmongFewCodesIsACategory() {
        assertThat(typeName(rows(i -> i == 200 ? "U" : "" + i % 3), "x")).isEqualTo("categorical");
    }

    @Test
    void oneStringAmongJsonNumbersIsMissing() {
        TableSample table = Tables.json(IntStream.rangeClosed(1, 300)
                .mapToObj(i -> i == 150 ? "{\"x\":\"n.d.\"}" : "{\"x\":" + i * 7 + "}")
                .collect(Collectors.joining(",", "[", "]")));
        assertThat(typeName(table, "x")).isEqualTo("integer");
        assertThat(missing(table, "x")).isEqualTo(1);
    }
}
