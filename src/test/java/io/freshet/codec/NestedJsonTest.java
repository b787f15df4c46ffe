package io.freshet.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import io.freshet.table.CodedVector;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.ReadOptions;
import io.freshet.table.RowBatch;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.freshet.table.TextDictionary;

class NestedJsonTest {

    private static final BatchMetadata METADATA = new BatchMetadata(Instant.parse("2026-01-02T03:04:05Z"), 7);

    /** Creates columns at these paths, each with its name as its value. */
    private static RowBatch batch(String... paths) {
        List<Column> columns = new ArrayList<>();
        List<CodedVector> vectors = new ArrayList<>();
        for (String path : paths) {
            String name = path.replace('/', '.');
            columns.add(new Column(name, new ColumnType.Categorical(), false, Arrays.asList(path.split("/"))));
            vectors.add(CodedVector.wrap(new int[] { 0 }, TextDictionary.of(List.of(name))));
        }
        return Written.batch(columns, vectors, 1);
    }

    private static String json(RowBatch batch) {
        return Written.lines(new JsonEncoder(), new RecordBatch.Rows(batch), null).strip();
    }

    @Test
    void columnsFromObjectsGoBackIntoThem() {
        assertThat(json(batch("id", "a/x", "a/b/y", "c", "a/b/z", "a/w"))).isEqualTo("{\"id\":\"id\",\"a\":{\"x\":\"a.x\","
                + "\"b\":{\"y\":\"a.b.y\",\"z\":\"a.b.z\"},\"w\":\"a.w\"},\"c\":\"c\"}");
        assertThat(json(batch("a/b/c"))).isEqualTo("{\"a\":{\"b\":{\"c\":\"a.b.c\"}}}");
    }

    @Test
    void aDotInANameIsNoPath() {
        assertThat(json(batch("a.b", "c.d"))).isEqualTo("{\"a.b\":\"a.b\",\"c.d\":\"c.d\"}");
    }

    @Test
    void aPathThroughAnotherColumnKeepsItsName() {
        assertThat(json(batch("a", "a/b", "c/d", "c/d/e"))).isEqualTo(
                "{\"a\":\"a\",\"a.b\":\"a.b\",\"c\":{\"d\":\"c.d\"},\"c.d.e\":\"c.d.e\"}");
    }

    @Test
    void metadataStandsInTheRecordItself() {
        String json = Written.lines(new JsonEncoder(), new RecordBatch.Rows(batch("a/b", "_batch_id", "c/_batch_id")),
                METADATA);
        assertThat(json.strip()).isEqualTo("{\"a\":{\"b\":\"a.b\"},\"c\":{\"_batch_id\":\"c._batch_id\"},"
                + "\"_generated_at\":\"2026-01-02T03:04:05Z\",\"_batch_id\":\"batch-000007\"}");
    }

    @Test
    void metadataTakesThePlaceOfColumnsOfItsName() {
        RowBatch batch = batch("_generated_at", "a", "_batch_id");
        assertThat(Written.json(new RecordBatch.Rows(batch), METADATA).get(0))
                .isEqualTo(Written
                        .tree("{\"a\":\"a\",\"_generated_at\":\"2026-01-02T03:04:05Z\",\"_batch_id\":\"batch-000007\"}"));
        assertThat(Written.csv(batch, METADATA).get(0).getFields()).containsExactly("a", "_generated_at", "_batch_id");
        assertThat(Written.csv(batch, METADATA).get(1).getFields()).containsExactly("a", "2026-01-02T03:04:05Z",
                "batch-000007");
        assertThat(Written.json(batch).get(0)).hasSize(3);
        RowBatch only = batch("_generated_at", "_batch_id");
        assertThat(Written.json(new RecordBatch.Rows(only), METADATA).get(0)).hasSize(2);
        assertThat(Written.csv(only, METADATA).get(1).getFields()).hasSize(2);
    }

    @Test
    void whatWasReadFromNestedJsonIsWrittenAsItWas() throws IOException {
        String ndjson = """
                {"id":1,"address":{"city":"Zürich","geo":{"lat":47.4,"lon":8.5}},"a.b":true,"tags":"x"}
                {"id":2,"address":{"city":"Genève","geo":{"lat":46.2,"lon":6.1}},"a.b":false,"tags":"y"}
                """;
        RowBatch rows = TableReader.read(new ByteArrayInputStream(ndjson.getBytes(StandardCharsets.UTF_8)), TableFormat.NDJSON,
                ReadOptions.defaults()).rows();
        List<JsonNode> written = Written.json(rows);
        String[] lines = ndjson.split("\n");
        for (int i = 0; i < lines.length; i++) {
            assertThat(written.get(i)).isEqualTo(Written.tree(lines[i]));
        }
        assertThat(Written.csv(rows, null).get(0).getFields()).containsExactly("id", "address.city", "address.geo.lat",
                "address.geo.lon", "a.b", "tags");
    }
}
