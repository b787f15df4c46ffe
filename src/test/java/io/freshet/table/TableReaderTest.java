package io.freshet.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class TableReaderTest {

    @Test
    void infersTheTypesOfCsv() throws IOException {
        TableSample table = csv("i,d,b,c,t,k,m\n1,1.5,yes,x,2024-01-31 10:20:30,same,\n-7,2.25,no,y,1969-12-31 23:59:59,same,\n"
                + "3,,yes,x,2101-01-01 00:00:00,same,\n");
        assertThat(types(table)).isEqualTo("integer decimal boolean categorical datetime constant missing");
        assertThat(((ColumnType.Decimal) table.schema().column(1).type()).digits()).isEqualTo(2);
        assertThat(table.missing()).containsExactly(0L, 1L, 0L, 0L, 0L, 0L, 3L);
        ColumnType.DateTime date = (ColumnType.DateTime) table.schema().column(4).type();
        NumberVector ticks = (NumberVector) table.rows().vector(4);
        assertThat(date.format().print(ticks.values()[1])).isEqualTo("1969-12-31 23:59:59");
        assertThat(date.format().print(ticks.values()[2])).isEqualTo("2101-01-01 00:00:00");
    }

    @Test
    void keysAndProseAreNoCategories() throws IOException {
        String rows = IntStream.range(0, 50).mapToObj(i -> 1000 + i + ",ORD-" + (10000 + i * 7) + ",the cat number " + i
                + " sat on a mat").collect(Collectors.joining("\n"));
        assertThat(types(csv("customer_id,code,note\n" + rows))).isEqualTo("identifier identifier text");
    }

    @Test
    void quotesLineBreaksSeparatorsAndByteOrderMarksAreUnderstood() throws IOException {
        TableSample table = csv("\uFEFFname;note\n\"a;b\";\"line 1\nline \"\"2\"\"\"\nc;d\n");
        assertThat(table.schema().column(0).name()).isEqualTo("name");
        CodedVector notes = (CodedVector) table.rows().vector(1);
        assertThat(((TextDictionary) notes.dictionary()).texts()).containsExactlyInAnyOrder("line 1\nline \"2\"", "d");
        assertThat(types(read("a,b\n1,2\n3,4\n".getBytes(StandardCharsets.UTF_16), TableFormat.CSV)))
                .isEqualTo("integer integer");
    }

    @Test
    void whatIsNoTableIsRefusedWithItsReason() {
        refused("", "empty");
        refused("a,b\n", "no rows");
        refused("a,b\n1,2\n1,2,3\n", "line 3 has 3 fields; the header has 2");
        refused("a,a\n1,2\n", "a twice");
        refused("a,\n1,2\n", "column 2 has no name");
        assertThatThrownBy(() -> read("n\u00e4me\nx\n".getBytes(Charset.forName("ISO-8859-1")), TableFormat.CSV))
                .isInstanceOf(TableException.class).hasMessageContaining("UTF-8");
        assertThatThrownBy(() -> csv("a,b\n1,x\n2,y\n", Map.of("b", "integer")))
                .hasMessageContaining("column b cannot be of type integer").hasMessageContaining("\"x\"");
        assertThatThrownBy(() -> csv("a\n1\n", Map.of("z", "integer"))).hasMessageContaining("there is no column z");
        assertThatThrownBy(() -> csv("a\n1\n", Map.of("a", "colour"))).hasMessageContaining("categorical");
    }

    private static void refused(String csv, String reason) {
        assertThatThrownBy(() -> csv(csv)).isInstanceOf(TableException.class).hasMessageContaining(reason);
    }

    @Test
    void jsonObjectsFlattenAndMayDiffer() throws IOException {
        TableSample table = json("[{\"a\":1,\"p\":{\"x\":\"1\",\"y\":true}},{\"a\":2.5,\"b\":null},"
                + "{\"p\":{\"x\":\"2\",\"y\":false}}]");
        assertThat(table.schema().columns().stream().map(Column::name)).containsExactly("a", "p.x", "p.y", "b");
        assertThat(types(table)).isEqualTo("decimal categorical boolean missing");
        assertThat(table.missing()).containsExactly(1L, 1L, 1L, 3L);
        assertThat(types(read("{\"a\":1}\n{\"a\":NaN}\n{\"a\":3}\n".getBytes(StandardCharsets.UTF_8), TableFormat.NDJSON)))
                .isEqualTo("integer");
    }

    @Test
    void wrongJsonIsRefusedWithItsPlace() {
        for (Map.Entry<String, String> wrong : Map.of("[{\"a\":1},7]", "element 2 is no JSON object but a number",
                "[{\"a\":1}", "not closed", "[{\"a\":", "element 1", "[]", "no columns", "{\"a\":1,\"a\":2}", "twice",
                "{\"a\":".repeat(40), "nested deeper").entrySet()) {
            assertThatThrownBy(() -> json(wrong.getKey())).isInstanceOf(TableException.class)
                    .hasMessageContaining(wrong.getValue());
        }
    }

    @Test
    void infinityAndNotANumberAreMissing() throws IOException {
        TableSample table = csv("a,b\n1,1\n2,inf\n3,-Infinity\n4,NaN\n5,2.5\n");
        assertThat(types(table)).isEqualTo("integer decimal");
        assertThat(table.missing()).containsExactly(0L, 3L);
    }

    @Test
    void fiveThousandColumnsAreTaken() throws IOException {
        String header = IntStream.range(0, 5_000).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
        String row = IntStream.range(0, 5_000).mapToObj(String::valueOf).collect(Collectors.joining(","));
        assertThat(csv(header + "\n" + row + "\n" + row + "\n").schema().size()).isEqualTo(5_000);
    }

    @Test
    void aLargeTableIsSampledButCountedExactly() throws IOException {
        int rows = 20_000;
        StringBuilder csv = new StringBuilder("n,c\n");
        for (int i = 0; i < rows; i++) {
            csv.append(i).append(',').append(i % 4 == 0 ? "rare" : "common").append('\n');
        }
        ReadOptions few = new ReadOptions(Map.of(), ReadOptions.defaults().missingMarkers(), 4_000);
        TableSample table = TableReader.read(new ByteArrayInputStream(csv.toString().getBytes(StandardCharsets.UTF_8)),
                TableFormat.CSV, few);
        assertThat(table.totalRows()).isEqualTo(rows);
        assertThat(table.rows().size()).isEqualTo(2_000);
        assertThat(table.valueCounts().get(1)).containsExactly(15_000L, 5_000L);
        double mean = java.util.Arrays.stream(((NumberVector) table.rows().vector(0)).values()).average().orElseThrow();
        assertThat(mean).isBetween(9_500., 10_500.);
    }

    private static String types(TableSample table) {
        return table.schema().columns().stream().map(column -> column.type().typeName()).collect(Collectors.joining(" "));
    }

    private static TableSample csv(String text) throws IOException {
        return csv(text, Map.of());
    }

    private static TableSample csv(String text, Map<String, String> overrides) throws IOException {
        return TableReader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), TableFormat.CSV,
                ReadOptions.defaults().withOverrides(overrides));
    }

    private static TableSample json(String text) throws IOException {
        return read(text.getBytes(StandardCharsets.UTF_8), TableFormat.JSON);
    }

    private static TableSample read(byte[] bytes, TableFormat format) throws IOException {
        return TableReader.read(new ByteArrayInputStream(bytes), format, ReadOptions.defaults());
    }
}
