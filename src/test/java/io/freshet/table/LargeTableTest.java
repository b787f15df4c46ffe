package io.freshet.table;

import static io.freshet.table.Tables.missing;
import static io.freshet.table.Tables.refusal;
import static io.freshet.table.Tables.typeName;
import static io.freshet.table.Tables.values;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

import org.junit.jupiter.api.Test;

class LargeTableTest {

    private static byte[] rows(String header, int rows, IntFunction<String> row) {
        StringBuilder text = new StringBuilder(header).append('\n');
        for (int i = 0; i < rows; i++) {
            text.append(row.apply(i)).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static TableSample read(byte[] text, int cells) {
        return Tables.read(text, TableFormat.CSV, ReadOptions.defaults().withSampleCells(cells));
    }

    @Test
    void rowsBeyondTheBudgetAreSampledAndCountsStayExact() {
        byte[] text = rows("a,b,c", 10_000, i -> i + "," + (i % 4 == 0 ? "x" : "y") + "," + (i % 5 == 0 ? "" : i % 7));
        TableSample table = read(text, 3_000);
        assertThat(table.rows().size()).isEqualTo(1_000);
        assertThat(table.totalRows()).isEqualTo(10_000);
        assertThat(table.valueCounts().get(1)).containsExactly(2_500L, 7_500L);
        assertThat(missing(table, "c")).isEqualTo(2_000);
        List<String> a = values(table, "a");
        List<String> b = values(table, "b");
        List<String> c = values(table, "c");
        assertThat(new HashSet<>(a)).hasSize(1_000);
        // the cells of a row stay together, even if a value is missing
        for (int i = 0; i < a.size(); i++) {
            int row = Integer.parseInt(a.get(i));
            assertThat(b.get(i)).isEqualTo(row % 4 == 0 ? "x" : "y");
            assertThat(c.get(i)).isEqualTo(row % 5 == 0 ? null : "" + row % 7);
        }
    }

    @Test
    void theSameTableGivesTheSameSample() {
        byte[] text = rows("a", 5_000, i -> "" + i);
        assertThat(values(read(text, 100), "a")).isEqualTo(values(read(text, 100), "a"));
    }

    @Test
    void zerosAfterTheDecimalPointDoNotChangeTheSample() {
        byte[] text = rows("a,b", 5_000, i -> i / 10.0 + "," + i % 10 + ".500");
        byte[] shorter = rows("a,b", 5_000, i -> (i % 10 == 0 ? "" + i / 10 : "" + i / 10.0) + "," + i % 10 + ".5");

        assertThat(values(read(shorter, 200), "a")).isEqualTo(values(read(text, 200), "a"));
    }

    @Test
    void longTextsMakeTheSampleSmaller() {
        byte[] text = rows("a,b", 2_000, i -> i + ",number " + i + " of the " + "long ".repeat(40) + "texts");
        TableSample table = Tables.read(text, TableFormat.CSV,
                ReadOptions.defaults().withSampleCells(20_000).withOverrides(Map.of("b", "text")));
        assertThat(typeName(table, "b")).isEqualTo("text");
        assertThat(table.rows().size()).isBetween(100, 1_000);
        List<String> a = values(table, "a");
        List<String> b = values(table, "b");
        for (int i = 0; i < a.size(); i++) {
            assertThat(b.get(i)).startsWith("number " + a.get(i) + " of");
        }
    }

    @Test
    void manyDistinctNumbersKeepTheirDigitsAndScale() {
        byte[] text = rows("a,b", 20_000, i -> i + 0.5 + "," + (i == 15_000 ? "0.125" : i == 19_000 ? "none" : "" + i));
        TableSample table = read(text, 1_000_000);
        assertThat(Tables.type(table, "a")).isEqualTo(new ColumnType.Decimal(1));
        assertThat(Tables.type(table, "b")).isEqualTo(new ColumnType.Decimal(3));
        List<String> b = values(table, "b");
        assertThat(b.subList(0, 3)).containsExactly("0", "1000", "2000");
        assertThat(b.get(15_000)).isEqualTo("125");
        assertThat(b.get(19_000)).isNull();
        assertThat(missing(table, "b")).isEqualTo(1);
    }

    @Test
    void manyDistinctNumbersBecomeDoublesWhenOneNeedsIt() {
        byte[] text = rows("a", 20_000, i -> i == 18_000 ? "1e-9" : i + ".25");
        List<String> a = values(read(text, 1_000_000), "a");
        assertThat(a.get(17)).isEqualTo("17.25");
        assertThat(a.get(18_000)).isEqualTo("1.0E-9");
    }

    @Test
    void lateWordsTurnManyNumbersIntoTexts() {
        byte[] text = rows("code", 20_000, i -> i >= 19_600 ? "A17" : "" + (i * 7919L % 100_003));
        TableSample table = read(text, 1_000_000);
        assertThat(Tables.type(table, "code")).isEqualTo(new ColumnType.Identifier(false));
        assertThat(values(table, "code").get(19_999)).isEqualTo("A17");
        assertThat(values(table, "code").get(1)).isEqualTo("7919");
    }

    @Test
    void aLateWordIsAMissingNumber() {
        TableSample table = read(rows("price", 20_000, i -> i == 17_000 ? "n.d." : "" + (i * 7919L % 100_003)), 1_000_000);
        assertThat(typeName(table, "price")).isEqualTo("integer");
        assertThat(table.missing().get(0)).isEqualTo(1);
        assertThat(table.notices()).singleElement()
                .satisfies(notice -> assertThat(notice.row()).isEqualTo(17_001L));
    }

    @Test
    void aLateWordThatContradictsAnOverrideIsNamedWithItsRow() {
        byte[] text = rows("a", 20_000, i -> i == 17_000 ? "oops" : "" + i);
        ReadOptions options = ReadOptions.defaults().withOverrides(Map.of("a", "integer"));
        assertThat(refusal(() -> Tables.read(text, TableFormat.CSV, options)))
                .isEqualTo("column a cannot be of type integer: row 17001 has \"oops\"");
    }

    @Test
    void repeatedKeysAreNotIdentifiers() {
        assertThat(typeName(read(rows("order_id", 20_000, i -> "" + (i * 7919L % 100_003)), 1_000_000), "order_id"))
                .isEqualTo("identifier");
        assertThat(typeName(read(rows("order_id", 40_000, i -> "" + (i * 7919L % 20_011)), 1_000_000), "order_id"))
                .isEqualTo("integer");
    }

    @Test
    void fiftyThousandCategoriesAreCountedExactly() {
        byte[] text = rows("c", 250_000, i -> "cat" + i % 50_000);
        TableSample table = read(text, 1_000_000);
        assertThat(typeName(table, "c")).isEqualTo("categorical");
        List<Long> counts = new ArrayList<>(table.valueCounts().get(0));
        assertThat(counts).hasSize(50_000);
        assertThat(counts.stream().mapToLong(Long::longValue).sum()).isEqualTo(250_000);
        TextDictionary dictionary = (TextDictionary) ((CodedVector) table.rows().vector(0)).dictionary();
        assertThat(counts.get(dictionary.codeOf("cat7"))).isEqualTo(5);
        assertThat(counts.get(dictionary.codeOf("cat49999"))).isEqualTo(5);
    }
}
