package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.freshet.codec.EncodedRecords;
import io.freshet.codec.JsonEncoder;
import io.freshet.codec.RecordBatch;
import io.freshet.codec.RecordWriter;
import io.freshet.model.fit.ModelFitter;
import io.freshet.table.ReadOptions;
import io.freshet.table.RowBatch;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.freshet.table.TableSample;

/** The whole path from a table to rows, with the table that is shipped with the project. */
class BirdstrikesTest {

    private static TableSample sample;
    private static SynthesisModel model;

    @BeforeAll
    static void fit() throws IOException {
        try (InputStream in = BirdstrikesTest.class.getResourceAsStream("/samples/birdstrikes.csv")) {
            sample = TableReader.read(in, TableFormat.CSV, ReadOptions.defaults());
        }
        model = ModelFitter.fit(sample, SynthesisMethod.GAUSSIAN_COPULA);
    }

    @Test
    void typesAreInferredCorrectly() {
        Map<String, String> types = new HashMap<>();
        sample.schema().columns().forEach(column -> types.put(column.name(), column.type().typeName()));
        assertThat(types).containsEntry("Flight Date", "datetime").containsEntry("Cost Total $", "integer")
                .containsEntry("Cost Repair", "integer").containsEntry("Speed IAS in knots", "integer")
                .containsEntry("Airport Name", "categorical").containsEntry("Wildlife Species", "categorical")
                .containsEntry("Effect Amount of damage", "categorical").containsEntry("Wildlife Size", "categorical");
    }

    @Test
    void sharesOfCategoriesZerosAndMissingValuesMatchTheTable() throws IOException {
        int rows = 100_000;
        List<JsonNode> records = records(model, 42, 0, rows, Conditions.none());
        Map<String, Integer> size = new HashMap<>();
        int zeros = 0;
        int missing = 0;
        for (JsonNode record : records) {
            size.merge(record.get("Wildlife Size").asText(), 1, Integer::sum);
            zeros += record.get("Cost Total $").asLong() == 0 ? 1 : 0;
            missing += record.get("Speed IAS in knots").isNull() ? 1 : 0;
        }
        List<JsonNode> real = real();
        for (String value : List.of("Small", "Medium", "Large")) {
            double share = real.stream().filter(r -> r.get("Wildlife Size").asText().equals(value)).count()
                    / (double) real.size();
            assertThat(size.get(value) / (double) rows).isCloseTo(share, within(.01));
        }
        double realZeros = real.stream().filter(r -> r.get("Cost Total $").asLong() == 0).count() / (double) real.size();
        double realMissing = sample.missing().get(sample.schema().indexOf("Speed IAS in knots"))
                / (double) sample.totalRows();
        assertThat(zeros / (double) rows).isCloseTo(realZeros, within(.01));
        assertThat(missing / (double) rows).isCloseTo(realMissing, within(.01));
    }

    private static List<JsonNode> real() throws IOException {
        return parse(ndjson(sample.rows()));
    }

    @Test
    void everyBlockSizeAndOffsetGivesTheSameRows() throws IOException {
        List<JsonNode> all = records(model, 7, 0, 1_000, Conditions.none());
        for (int from : new int[] { 0, 1, 63, 64, 65, 500, 999 }) {
            assertThat(records(model, 7, from, 1, Conditions.none()).get(0)).isEqualTo(all.get(from));
        }
        assertThat(records(model, 7, 333, 200, Conditions.none())).isEqualTo(all.subList(333, 533));
        assertThat(records(model, 8, 0, 100, Conditions.none())).isNotEqualTo(all.subList(0, 100));
    }

    @Test
    void everyRowSatisfiesTheConditions() throws IOException {
        Conditions conditions = ConditionParser.parse(Map.of("Wildlife Size", "Large", "Cost Total $", Map.of("gt", 1000),
                "Speed IAS in knots", Map.of("between", List.of(100, 200)), "Flight Date", Map.of("gte", "1995-01-01")));
        List<JsonNode> records = records(model, 3, 0, 2_000, conditions);
        assertThat(records).allSatisfy(record -> {
            assertThat(record.get("Wildlife Size").asText()).isEqualTo("Large");
            assertThat(record.get("Cost Total $").asLong()).isGreaterThan(1000);
            assertThat(record.get("Speed IAS in knots").asLong()).isBetween(100L, 200L);
            assertThat(record.get("Flight Date").asText()).isGreaterThanOrEqualTo("1995-01-01");
        });
        assertThat(records(model, 3, 777, 1, conditions).get(0)).isEqualTo(records.get(777));
    }

    @Test
    void theProbabilityOfAConditionIsItsShareOfTheRows() throws IOException {
        Conditions conditions = ConditionParser.parse(Map.of("Wildlife Size", List.of("Large", "Small"), "Cost Total $",
                Map.of("gt", 0), "Speed IAS in knots", Map.of("gte", 140)));
        int rows = 200_000;
        long hits = records(model, 11, 0, rows, Conditions.none()).stream()
                .filter(r -> !r.get("Wildlife Size").asText().equals("Medium") && r.get("Cost Total $").asLong() > 0
                        && r.get("Speed IAS in knots").asLong() >= 140)
                .count();
        double share = hits / (double) rows;
        assertThat(model.probability(conditions)).isCloseTo(share, within(4 * Math.sqrt(share / rows) + .05 * share));
    }

    @Test
    void theErrorOfAnImpossibleConditionNamesTheColumnAndTheReason() {
        assertThatThrownBy(() -> model.generator(1, ConditionParser.parse(Map.of("Wildlife Size", "Gigantic"))))
                .isInstanceOf(ConditionException.class).hasMessageContaining("Wildlife Size").hasMessageContaining("Large");
        assertThatThrownBy(() -> model.generator(1, ConditionParser.parse(Map.of("Cost Total $", Map.of("lt", -5)))))
                .isInstanceOf(ConditionException.class).hasMessageContaining("its values are 0 to");
        assertThatThrownBy(() -> model.generator(1, ConditionParser.parse(Map.of("Colour", "red"))))
                .hasMessageContaining("unknown column Colour");
        assertThatThrownBy(() -> ConditionParser.parse(Map.of("Cost Total $", Map.of("above", 5))))
                .hasMessageContaining("gte");
    }

    static List<JsonNode> records(SynthesisModel model, long seed, long from, int rows, Conditions conditions)
            throws IOException {
        RowGenerator generator = model.generator(seed, conditions);
        RowBatch batch = generator.newBatch(rows);
        generator.fill(batch, from, rows);
        return parse(ndjson(batch));
    }

    private static String ndjson(RowBatch batch) {
        EncodedRecords encoded = EncodedRecords.create();
        new JsonEncoder().encode(new RecordBatch.Rows(batch), null, encoded);
        return new String(RecordWriter.NDJSON.write(encoded, true), StandardCharsets.UTF_8);
    }

    private static List<JsonNode> parse(String ndjson) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<JsonNode> records = new ArrayList<>();
        for (String line : ndjson.split("\n")) {
            records.add(mapper.readTree(line));
        }
        return records;
    }
}
