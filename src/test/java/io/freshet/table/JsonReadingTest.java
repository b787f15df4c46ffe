package io.freshet.table;

import static io.freshet.table.Tables.json;
import static io.freshet.table.Tables.missing;
import static io.freshet.table.Tables.refusal;
import static io.freshet.table.Tables.type;
import static io.freshet.table.Tables.typeName;
import static io.freshet.table.Tables.values;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class JsonReadingTest {

    @Test
    void mixedObjectsHaveAColumnForEveryField() {
        TableSample table = json("[{\"a\":1,\"b\":\"x\"},{\"b\":\"y\",\"c\":2.5},{},{\"a\":3,\"b\":null,\"c\":0.25}]");
        assertThat(table.totalRows()).isEqualTo(4);
        assertThat(values(table, "a")).containsExactly("1", null, null, "3");
        assertThat(values(table, "b")).containsExactly("x", "y", null, null);
        assertThat(values(table, "c")).containsExactly(null, "250", null, "25");
        assertThat(missing(table, "b")).isEqualTo(2);
    }

    @Test
    void nestedObjectsBecomeDottedPathsAndArraysTheirJson() {
        TableSample table = json("[{\"user\":{\"name\":\"jo\",\"at\":{\"city\":\"Ulm\"}},\"tags\":[1,\"a\",{\"b\":[]}]}]");
        assertThat(table.schema().columns()).extracting(Column::name).containsExactly("user.name", "user.at.city", "tags");
        assertThat(values(table, "tags")).containsExactly("[1,\"a\",{\"b\":[]}]");
        assertThat(table.schema().columns()).extracting(Column::isArray).containsExactly(false, false, true);
    }

    @Test
    void stringsStayTextNumbersStayNumbersAndBooleansBooleans() {
        TableSample table = json("""
                {"s":"1","n":1,"b":true,"y":"yes","m":1,"one":true,"d":"2024-01-01","z":""}
                {"s":"2","n":2,"b":false,"y":"no","m":"x","one":true,"d":"2024-01-02","z":"a"}
                """);
        assertThat(typeName(table, "s")).isEqualTo("categorical");
        assertThat(typeName(table, "n")).isEqualTo("integer");
        assertThat(type(table, "b")).isEqualTo(new ColumnType.Bool("false", "true"));
        assertThat(typeName(table, "y")).isEqualTo("categorical");
        assertThat(typeName(table, "m")).isEqualTo("categorical");
        assertThat(type(table, "one")).isEqualTo(new ColumnType.Constant("true", "true"));
        assertThat(typeName(table, "d")).isEqualTo("datetime");
        assertThat(values(table, "z")).containsExactly("", "a");
    }

    @Test
    void aConstantKeepsItsJsonType() {
        TableSample table = json("[{\"s\":\"7\",\"n\":7}]");
        assertThat(type(table, "s")).isEqualTo(new ColumnType.Constant("7", "\"7\""));
        assertThat(type(table, "n")).isEqualTo(new ColumnType.Constant("7", "7"));
    }

    @Test
    void anOverrideReadsNumbersFromStrings() {
        byte[] text = "[{\"s\":\"1\"},{\"s\":\"2\"}]".getBytes(StandardCharsets.UTF_8);
        TableSample table = Tables.read(text, TableFormat.JSON, ReadOptions.defaults().withOverrides(Map.of("s", "integer")));
        assertThat(values(table, "s")).containsExactly("1", "2");
    }

    @Test
    void notANumberAndInfinityAreMissing() {
        TableSample table = json("[{\"x\":1.5},{\"x\":NaN},{\"x\":-Infinity},{\"x\":1e999},{\"x\":2}]");
        assertThat(values(table, "x")).containsExactly("15", null, null, null, "20");
        assertThat(missing(table, "x")).isEqualTo(3);
    }

    @Test
    void linesAndArraysAreBothRead() {
        TableSample table = Tables.read("{\"a\":1}\r\n\n{\"a\":2}".getBytes(StandardCharsets.UTF_8), TableFormat.NDJSON,
                ReadOptions.defaults());
        assertThat(values(table, "a")).containsExactly("1", "2");
    }

    @Test
    void rejectsEmptyInput() {
        assertThat(refusal(() -> json(""))).contains("empty");
        assertThat(refusal(() -> json("[]"))).contains("empty");
        assertThat(refusal(() -> json("[{}]"))).contains("no columns");
    }

    @Test
    void rejectsElementsThatAreNotObjectsWithTheirPosition() {
        assertThat(refusal(() -> json("[{\"a\":1},\n7]"))).isEqualTo("element 2 is not a JSON object but a number (line 2)");
        assertThat(refusal(() -> json("\"a\""))).contains("element 1").contains("a string");
    }

    @Test
    void rejectsTruncatedAndTrailingJson() {
        assertThat(refusal(() -> json("[{\"a\":1},{\"a\":"))).contains("cut off in element 2");
        assertThat(refusal(() -> json("[{\"a\":1}"))).isEqualTo("the JSON array is not closed after element 1");
        assertThat(refusal(() -> json("[{\"a\":1}] {\"a\":2}"))).contains("after the JSON array");
        assertThat(refusal(() -> json("{\"next\":null,\"rows\":[{\"a\":1}]}")))
                .isEqualTo("expected an array of objects, not one object; its field rows holds an array");
        assertThat(refusal(() -> json("[{\"a\":1},\n{\"a\":tru}]"))).contains("invalid JSON").contains("line 2");
        assertThat(refusal(() -> json("{\"a\":1}\n]"))).contains("after element 1").contains("line 2");
    }

    @Test
    void rejectsDuplicateFields() {
        assertThat(refusal(() -> json("[{\"a\":1,\"a\":2}]"))).isEqualTo("element 1 has the field a twice");
        assertThat(refusal(() -> json("[{\"a\":{\"b\":1},\"a.b\":2}]"))).isEqualTo("element 1 has the field a.b twice");
        assertThat(refusal(() -> json("[{\"\":1}]"))).contains("without a name");
    }

    @Test
    void depthLengthAndNumberOfFieldsHaveLimits() {
        String deep = "{\"a\":".repeat(1_000) + "1" + "}".repeat(1_000);
        assertThat(refusal(() -> json(deep))).contains("element 1 is too large").contains("32 levels");
        String brackets = "[{\"a\":" + "[".repeat(100_000);
        assertThat(refusal(() -> json(brackets))).contains("32 levels");
        String text = "[{\"a\":\"" + "x".repeat(1_100_000) + "\"}]";
        assertThat(refusal(() -> json(text))).contains("1048576 characters");
        String array = "[{\"a\":[" + "1,".repeat(600_000) + "1]}]";
        assertThat(refusal(() -> json(array))).contains("array in element 1").contains("1048576 characters");
        String fields = IntStream.range(0, 20_001).mapToObj(i -> "\"f" + i + "\":1").collect(Collectors.joining(","));
        assertThat(refusal(() -> json("[{" + fields + "}]"))).contains("20000");
    }
}
