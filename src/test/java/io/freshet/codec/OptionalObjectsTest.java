package io.freshet.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.avro.Schema.Parser;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.freshet.model.ConditionParser;
import io.freshet.model.Conditions;
import io.freshet.model.RowGenerator;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.model.file.ModelFile;
import io.freshet.model.fit.ModelFitter;
import io.freshet.model.online.OnlineLearning;
import io.freshet.table.Column;
import io.freshet.table.ReadOptions;
import io.freshet.table.RowBatch;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.freshet.table.TableSample;

/** Nested objects that are null in some rows, on their way through tables, models and encoders. */
class OptionalObjectsTest {

    private static final String ROWS = """
            {"buyer":null,"cart":{"coupon":{"code":"A"}},"x":1}
            {"buyer":{"vip":true,"home":{"zip":8001}},"cart":{"coupon":null},"x":2}
            {"buyer":{"vip":null,"home":null},"cart":{"coupon":{"code":"B"}},"x":3}
            """;

    private static TableSample table(String ndjson) {
        try {
            return TableReader.read(new ByteArrayInputStream(ndjson.getBytes(StandardCharsets.UTF_8)), TableFormat.NDJSON,
                    ReadOptions.defaults());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A quarter of the rows have no user. */
    private static TableSample users() {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            String user = i % 4 == 0 ? "null" : "{\"visits\":" + (1 + i * 7 % 9) + ",\"plan\":\"" + "abc".charAt(i % 3) + "\"}";
            rows.append("{\"user\":").append(user).append(",\"x\":").append(i % 5).append("}\n");
        }
        return table(rows.toString());
    }

    private static List<JsonNode> drawn(SynthesisModel model, Conditions conditions, int count) {
        RowGenerator generator = model.generator(5, conditions);
        RowBatch batch = generator.newBatch(count);
        generator.fill(batch, 0, count);
        return Written.json(batch);
    }

    @Test
    void whatWasReadIsWrittenAsItWas() {
        RowBatch rows = table(ROWS).rows();

        assertThat(rows.schema().columns()).extracting(Column::name).containsExactlyInAnyOrder("buyer", "buyer.vip",
                "buyer.home", "buyer.home.zip", "cart.coupon", "cart.coupon.code", "x");
        List<JsonNode> written = Written.json(rows);
        String[] lines = ROWS.split("\n");
        for (int i = 0; i < lines.length; i++) {
            assertThat(written.get(i)).isEqualTo(Written.tree(lines[i]));
            assertThat(written.get(i).fieldNames().next()).isEqualTo("buyer");
        }
    }

    @Test
    void recordsOfStagesHaveNullInPlaceOfTheObject() {
        List<Map<String, Object>> maps = new ArrayList<>(FieldMaps.of(new RecordBatch.Rows(table(ROWS).rows())));

        assertThat(maps.get(0)).containsEntry("buyer", null).hasSize(3);
        assertThat(maps.get(1)).containsEntry("buyer", Map.of("vip", true, "home", Map.of("zip", 8001L)));
        assertThat(maps.get(1).get("cart")).isEqualTo(java.util.Collections.singletonMap("coupon", null));
        assertThat(maps.get(2)).containsKeys("buyer", "cart", "x").hasSize(3);
    }

    @Test
    void metadataFollowsAnObjectThatIsMissing() {
        RowBatch rows = table("{\"a\":{\"b\":1}}\n{\"a\":null}\n").rows();
        BatchMetadata metadata = new BatchMetadata(Instant.EPOCH, 1);

        List<JsonNode> written = Written.json(new RecordBatch.Rows(rows), metadata);

        assertThat(written.get(0).path("a").path("b").asInt()).isEqualTo(1);
        assertThat(written.get(1).path("a").isNull()).isTrue();
        assertThat(written.get(1).path("_batch_id").asText()).isEqualTo("batch-000001");
    }

    @Test
    void anObjectThatEveryRowHasIsNoColumn() {
        assertThat(table("{\"a\":{\"b\":1}}\n{\"a\":{}}\n").schema().columns()).extracting(Column::name).containsExactly("a.b");
    }

    @ParameterizedTest
    @EnumSource(value = SynthesisMethod.class, names = { "TREES", "GAUSSIAN_COPULA" })
    void objectsAreMissingAtTheirShare(SynthesisMethod method) throws IOException {
        SynthesisModel fitted = ModelFitter.fit(users(), method);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ModelFile.write(fitted, file);
        SynthesisModel model = ModelFile.read(new ByteArrayInputStream(file.toByteArray()));

        List<JsonNode> rows = drawn(model, Conditions.none(), 4_000);

        long missing = rows.stream().filter(row -> row.path("user").isNull()).count();
        assertThat(missing / 4_000.0).isCloseTo(0.25, within(0.03));
        long hollow = rows.stream().map(row -> row.path("user")).filter(user -> user.path("visits").isNull()
                || user.path("plan").isNull()).count();
        assertThat(hollow).isLessThanOrEqualTo(20);
        assertThat(drawn(model, ConditionParser.parse(Map.of("user", Map.of("is_null", false))), 500))
                .noneMatch(row -> row.path("user").isNull());
    }

    @ParameterizedTest
    @EnumSource(value = SynthesisMethod.class, names = { "TREES", "GAUSSIAN_COPULA" })
    void aModelLearnsFromRowsThatAllHaveTheObject(SynthesisMethod method) {
        SynthesisModel model = ModelFitter.fit(users(), method);
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            rows.append("{\"user\":{\"visits\":").append(1 + i % 9).append(",\"plan\":\"a\"},\"x\":1}\n");
        }

        SynthesisModel updated = OnlineLearning.partialFit(model, table(rows.toString()), 0.5).model();

        long missing = drawn(updated, Conditions.none(), 4_000).stream().filter(row -> row.path("user").isNull()).count();
        assertThat(missing / 4_000.0).isCloseTo(0.125, within(0.03));
    }

    @Test
    void whatIsInAMissingObjectIsMissingInBinaryFormats() throws IOException {
        RowBatch rows = table(ROWS).rows();
        String schema = BinaryFormat.AVRO.schema(rows.schema(), false, "r");
        EncodedRecords encoded = EncodedRecords.create();
        BinaryFormat.AVRO.encoder().encode(new RecordBatch.Rows(rows), null, encoded);

        GenericDatumReader<GenericRecord> reader = new GenericDatumReader<>(new Parser().parse(schema));
        List<GenericRecord> records = new ArrayList<>();
        for (int i = 0; i < encoded.size(); i++) {
            records.add(reader.read(null,
                    DecoderFactory.get().binaryDecoder(encoded.bytes(), encoded.start(i), encoded.length(i), null)));
        }

        assertThat(records.get(0).getSchema().getField("buyer")).isNull();
        assertThat(records.get(0).get("buyer_home_zip")).isNull();
        assertThat(records.get(1).get("buyer_home_zip")).isEqualTo(8001L);
        assertThat(records.get(1).get("x")).isEqualTo(2L);
        assertThat(BinaryFormat.PROTOBUF.schema(rows.schema(), false, "r")).doesNotContain(" buyer ");
    }
}
