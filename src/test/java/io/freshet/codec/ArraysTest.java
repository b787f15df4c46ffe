package io.freshet.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import io.freshet.event.Event;
import io.freshet.model.Conditions;
import io.freshet.model.FitMonitor;
import io.freshet.model.FitOptions;
import io.freshet.model.GanOptions;
import io.freshet.model.RowGenerator;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.model.file.ModelFile;
import io.freshet.model.fit.ModelFitter;
import io.freshet.model.online.OnlineLearning;
import io.freshet.table.CodedVector;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.ReadOptions;
import io.freshet.table.RowBatch;
import io.freshet.table.Schema;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.freshet.table.TableSample;
import io.freshet.table.TextDictionary;
import io.freshet.table.TextVector;

/** Arrays in records on their way through tables, models and stages. */
class ArraysTest {

    /** CTGAN would train for minutes. */
    private static final FitOptions BRIEF = FitOptions.defaults().withTraining(GanOptions.defaults().withEpochs(2),
            FitMonitor.NONE);

    private static final String ROWS = """
            {"id":1,"tags":["x","y"],"same":[1],"deep":{"list":[]},"mixed":["a"],"text":"[1]"}
            {"id":2,"tags":null,"same":[1],"deep":{"list":[{"k":[null,2.5,"é"]}]},"mixed":"a","text":"[2]"}
            {"id":3,"tags":["x"],"same":[1],"deep":{"list":[]},"mixed":["a"],"text":"[1]"}
            """;

    private static TableSample table(String ndjson, TableFormat format) throws IOException {
        return TableReader.read(new ByteArrayInputStream(ndjson.getBytes(StandardCharsets.UTF_8)), format,
                ReadOptions.defaults());
    }

    @Test
    void whatWasReadIsWrittenAsItWas() throws IOException {
        RowBatch rows = table(ROWS, TableFormat.NDJSON).rows();

        List<JsonNode> written = Written.json(rows);

        String[] lines = ROWS.split("\n");
        for (int i = 0; i < lines.length; i++) {
            JsonNode expected = Written.tree(lines[i]);
            for (String field : List.of("tags", "same", "deep", "text")) {
                assertThat(written.get(i).get(field)).as(field).isEqualTo(expected.get(field));
            }
        }
        // not all values are arrays, so all of them are texts
        assertThat(written.get(0).get("mixed").asText()).isEqualTo("[\"a\"]");
    }

    @Test
    void jsonThatWasWrittenReadsBackAsTheSameTable() throws IOException {
        RowBatch rows = table(ROWS, TableFormat.NDJSON).rows();
        String lines = Written.lines(new JsonEncoder(), new RecordBatch.Rows(rows), null);

        TableSample again = table(lines, TableFormat.NDJSON);

        assertThat(again.schema()).isEqualTo(rows.schema());
        assertThat(Written.json(again.rows())).isEqualTo(Written.json(rows));
        assertThat(Written.csv(rows, null).get(1).getFields().get(1)).isEqualTo("[\"x\",\"y\"]");
    }

    @Test
    void modelsDrawArraysWhereverTheyLearnedArrays() throws IOException {
        StringBuilder ndjson = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            ndjson.append(("{\"v\":%d.5,\"tags\":%s,\"one\":[\"z\"],\"point\":{\"xy\":[%d,%d]},\"user\":{\"n\":%d}}%n")
                    .formatted(i % 17, i % 3 == 0 ? "[\"x\",\"y\"]" : "[]", i, i * 7, i % 5));
        }
        TableSample table = table(ndjson.toString(), TableFormat.NDJSON);
        for (SynthesisMethod method : SynthesisMethod.withoutEpsilon()) {
            SynthesisModel model = ModelFitter.fit(table, method, BRIEF);
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            ModelFile.write(model, file);
            assertArrays(model);
            assertArrays(ModelFile.read(new ByteArrayInputStream(file.toByteArray())));
            assertArrays(OnlineLearning.partialFit(model, table, 0.5).model());
        }
    }

    private static void assertArrays(SynthesisModel model) {
        RowGenerator generator = model.generator(7, Conditions.none());
        RowBatch batch = generator.newBatch(300);
        generator.fill(batch, 0, 300);
        for (JsonNode record : Written.json(batch)) {
            assertThat(record.get("tags").toString()).isIn("[\"x\",\"y\"]", "[]");
            assertThat(record.get("one").toString()).isEqualTo("[\"z\"]");
            assertThat(record.at("/point/xy").isArray()).as(record.toString()).isTrue();
            assertThat(record.at("/user/n").isNumber()).as(record.toString()).isTrue();
        }
    }

    @Test
    void aTextThatIsNoArrayIsTheOnlyElementOfOne() {
        TextDictionary dictionary = TextDictionary.of(List.of("[1] [2]", "[01]", "[\"\n\"]", "", "[1,2]"));
        TextVector texts = TextVector.create(5);
        CodedVector coded = CodedVector.create(5, dictionary);
        for (int i = 0; i < 5; i++) {
            coded.codes()[i] = i;
            texts.append(i, dictionary.text(i));
        }
        RowBatch rows = Written.batch(List.of(array("c", new ColumnType.Categorical()), array("t", new ColumnType.FreeText())),
                List.of(coded, texts), 5);

        List<JsonNode> written = Written.json(rows);

        for (int i = 0; i < 4; i++) {
            assertThat(written.get(i).get("c")).hasSize(1);
            assertThat(written.get(i).get("c").get(0).asText()).isEqualTo(dictionary.text(i));
            assertThat(written.get(i).get("t")).isEqualTo(written.get(i).get("c"));
        }
        assertThat(written.get(4).toString()).isEqualTo("{\"c\":[1,2],\"t\":[1,2]}");
    }

    @Test
    void stagesSeeListsAndTheirListsAreJsonInFormatsWithASchema() throws IOException {
        RowBatch rows = table(ROWS, TableFormat.NDJSON).rows();

        Map<String, Object> fields = FieldMaps.of(new RecordBatch.Rows(rows)).get(0);
        assertThat(fields.get("tags")).isEqualTo(List.of("x", "y"));
        assertThat(fields.get("same")).isEqualTo(List.of(1L));

        EventRowMapper declared = new EventRowMapper(new Schema(List.of(new Column("tags", new ColumnType.FreeText(), true))));
        assertThat(declared.unfit(fields)).isNull();
        RowBatch encoded = declared.rows(List.of(new Event(Instant.EPOCH, null, fields)));
        assertThat(((TextVector) encoded.vector(0)).text(0)).isEqualTo("[\"x\",\"y\"]");
    }

    @Test
    void stagesSeeIdentifiersThatAreNumbersAsNumbers() {
        TextVector ids = TextVector.create(1);
        ids.append(0, "4711");
        RowBatch rows = Written.batch(new ColumnType.Identifier(true), ids);
        rows.hold(0, 1);

        assertThat(FieldMaps.of(new RecordBatch.Rows(rows)).get(0)).containsEntry("v", 4711L);
    }

    private static Column array(String name, ColumnType type) {
        return new Column(name, type, false, List.of(name), true);
    }
}
