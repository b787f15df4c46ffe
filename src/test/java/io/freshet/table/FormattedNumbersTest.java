package io.freshet.table;

import static io.freshet.table.Tables.csv;
import static io.freshet.table.Tables.typeName;
import static io.freshet.table.Tables.values;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormattedNumbersTest {

    private static TableSample column(String... texts) {
        return csv("x,y\n" + Arrays.stream(texts).map(text -> "\"" + text + "\",1\n").collect(Collectors.joining()));
    }

    private static NumberFormat format(TableSample table) {
        return table.schema().column(0).format();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '/', value = {
            "$3,613.12 / $1,298.38 / $12.00 / -$1,204,855.30 / 120485530",
            "133,685 / 48,039 / 1,204 / 961 / 961",
            "9.59% / 7.63% / 10.00% / -0.50% / 50",
            "83 kg / 64 kg / 68 kg / 1204 kg / 1204",
            "(9,806) / 961 / 5,204 / (14) / 14",
            "1.234,50 € / 12,75 € / 0,99 € / -3,10 € / 310",
            "CHF 1'200.05 / CHF 900.10 / CHF 12.00 / CHF 9'999'999.00 / 999999900",
            "1 234,5 / 12,5 / 0,9 / 7 654 321,0 / 76543210",
            "21.5 °C / 19.0 °C / -3.5 °C / 30.5 °C / 305" })
    void numbersRemainNumbersAndKeepTheirFormat(String a, String b, String c, String d, long last) {
        TableSample table = column(a, b, c, d);
        assertThat(typeName(table, "x")).isIn("decimal", "integer");
        assertThat(Math.abs(Long.parseLong(values(table, "x").get(3)))).isEqualTo(last);
        int digits = table.schema().column(0).type() instanceof ColumnType.Decimal decimal ? decimal.digits() : 0;
        assertThat(values(table, "x")).map(value -> format(table).print(Long.parseLong(value), digits))
                .containsExactly(a, b, c, d);
    }

    @Test
    void semicolonsIndicateDecimalCommas() {
        TableSample table = csv("a;b\nx;1,678\ny;2,145\nz;9,804\n");
        assertThat(table.schema().column(1).type()).isEqualTo(new ColumnType.Decimal(3));
        assertThat(values(table, "b")).containsExactly("1678", "2145", "9804");
    }

    @Test
    void theDecimalMarkCanBeDeclared() {
        ReadOptions options = ReadOptions.defaults().withNumbers(NumberOptions.detected().withDecimal(','));
        TableSample table = Tables.read("a\tb\nx\t1.678\ny\t12.145\nz\t9.804\n".getBytes(StandardCharsets.UTF_8),
                TableFormat.CSV, options);
        assertThat(table.schema().column(1).type()).isEqualTo(new ColumnType.Whole());
        assertThat(values(table, "b")).containsExactly("1678", "12145", "9804");
    }

    @Test
    void aTypeMayBeDeclaredForFormattedNumbers() {
        TableSample table = csv("x,y\n$5.25,1\n$7.50,2\n$8.75,3\n", "x", "decimal");
        assertThat(values(table, "x")).containsExactly("525", "750", "875");
    }

    @Test
    void aKnownFormatIsUsedForFurtherRows() {
        TableSample known = column("$3,613.12", "$1,298.38", "$12.00");
        ReadOptions options = ReadOptions.defaults().withTypesOf(known.schema());
        TableSample more = Tables.read("x,y\n\"$9,000.00\",1\n5.5,1\n".getBytes(StandardCharsets.UTF_8), TableFormat.CSV,
                options);
        assertThat(values(more, "x")).containsExactly("900000", "550");
        assertThat(format(more)).isEqualTo(format(known));
    }

    @Test
    void manyDifferentAmountsAreNumbers() {
        StringBuilder text = new StringBuilder("x,y\n");
        for (int i = 0; i < 20_000; i++) {
            text.append('$').append(i).append(".25,1\n");
        }
        TableSample table = csv(text.toString());
        assertThat(typeName(table, "x")).isEqualTo("decimal");
        assertThat(values(table, "x").get(19_999)).isEqualTo("1999925");
    }

    @Test
    void codesAndListsAreNotNumbers() {
        assertThat(typeName(column("1,2", "1,25", "3,4,5"), "x")).isEqualTo("categorical");
        assertThat(typeName(column("007 kg", "64 kg", "68 kg"), "x")).isEqualTo("categorical");
        assertThat(typeName(column("12 A", "12 B", "13 C"), "x")).isEqualTo("categorical");
        assertThat(typeName(column("+49 30", "+49 31", "+49 32"), "x")).isEqualTo("categorical");
    }
}
