package io.freshet.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.DecimalNode;

import io.freshet.model.Conditions;
import io.freshet.model.FitOptions;
import io.freshet.model.RowGenerator;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.fit.ModelFitter;
import io.freshet.parquet.Compression;
import io.freshet.parquet.ParquetFile;
import io.freshet.parquet.RowReceiver;
import io.freshet.table.Column;
import io.freshet.table.DateTimeFormat;
import io.freshet.table.RowBatch;
import io.freshet.table.Schema;
import io.freshet.table.TableSample;

/** Compares the values of Parquet files with those of the NDJSON of the same rows, for odd tables. */
class ParquetPropertyTest {

    private static final int TABLES = 200;
    private static final int SYNTHETIC_ROWS = 50;
    private static final ObjectMapper MAPPER = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @TempDir
    Path folder;

    @Test
    void tablesReadBackAsTheyAreWrittenInJson() throws IOException {
        for (int seed = 0; seed < TABLES; seed++) {
            compare("table of seed " + seed, OddTables.of(seed).rows());
        }
    }

    @Test
    void syntheticRowsReadBackAsTheyAreWrittenInJson() throws IOException {
        for (int seed = 0; seed < TABLES; seed += 4) {
            TableSample table = OddTables.of(seed);
            RowGenerator generator = ModelFitter.fitted(table, SynthesisMethod.INDEPENDENT, FitOptions.defaults()).model()
                    .generator(seed, Conditions.none());
            RowBatch rows = generator.newBatch(SYNTHETIC_ROWS);
            generator.fill(rows, 0, SYNTHETIC_ROWS);

            compare("synthetic rows of seed " + seed, rows);
        }
    }

    @Test
    void rowsOfAJournalReadBackAsTheyAreWrittenInJson() throws IOException {
        for (int seed = 1; seed < TABLES; seed += 4) {
            RowBatch rows = OddTables.of(seed).rows();
            Path journal = folder.resolve("odd.rows");
            try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(journal)))) {
                out.write(ParquetJournal.header(rows.schema(), false));
                EncodedRecords encoded = EncodedRecords.create();
                new ParquetRowEncoder().encode(new RecordBatch.Rows(rows), null, encoded);
                for (int row = 0; row < encoded.size(); row++) {
                    out.writeInt(Integer.reverseBytes(encoded.length(row)));
                    out.write(encoded.copy(row));
                }
            }
            Path file = folder.resolve("odd.parquet");
            ParquetJournal.convert(journal, Files.size(journal), Compression.ZSTD, Files.newOutputStream(file));

            compare("journal of seed " + seed, rows, file);
        }
    }

    private void compare(String what, RowBatch rows) throws IOException {
        Path file = folder.resolve("odd.parquet");
        try (OutputStream out = Files.newOutputStream(file);
                ParquetRows writer = new ParquetRows(rows, false, Compression.ZSTD, out)) {
            writer.write(rows, null);
        }
        compare(what, rows, file);
    }

    private static void compare(String what, RowBatch rows, Path file) throws IOException {
        List<Map<String, JsonNode>> read;
        try (ParquetFile parquet = ParquetFile.open(file)) {
            Values values = new Values(parquet.metadata());
            parquet.read(List.of(), values);
            read = values.rows;
        }

        List<Map<String, JsonNode>> expected = json(rows);
        assertThat(read).as(what).hasSameSizeAs(expected);
        for (int row = 0; row < expected.size(); row++) {
            assertSame(what + ", row " + row, read.get(row), expected.get(row), rows.schema());
        }
    }

    private static void assertSame(String where, Map<String, JsonNode> read, Map<String, JsonNode> expected,
            Schema schema) {
        for (Column column : schema.columns()) {
            JsonNode value = read.get(column.name());
            JsonNode wanted = expected.get(column.name());
            if (BinaryKind.of(column.type()) == BinaryKind.DOUBLE && value != null && wanted != null) {
                assertThat(value.doubleValue()).as(where + ", " + column.name()).isEqualTo(wanted.doubleValue());
            } else {
                assertThat(shortened(value)).as(where + ", " + column.name()).isEqualTo(shortened(wanted));
            }
        }
        assertThat(read.keySet()).as(where).isEqualTo(expected.keySet());
    }

    private static String shortened(@Nullable JsonNode value) {
        String text = String.valueOf(value);
        return text.length() < 200 ? text : text.substring(0, 200) + " … " + text.hashCode();
    }

    /** Returns the values of each row of the NDJSON that are not null, by the name of their column. */
    private static List<Map<String, JsonNode>> json(RowBatch rows) throws IOException {
        EncodedRecords encoded = EncodedRecords.create();
        new JsonEncoder().encode(new RecordBatch.Rows(rows), null, encoded);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RecordWriter.NDJSON.write(encoded, true, out);
        List<Map<String, JsonNode>> values = new ArrayList<>();
        for (String line : out.toString(StandardCharsets.UTF_8).split("\n")) {
            JsonNode record = MAPPER.readTree(line);
            Map<String, JsonNode> present = new LinkedHashMap<>();
            for (Column column : rows.schema().columns()) {
                JsonNode value = at(record, column.path());
                if (!column.isObject() && !value.isNull() && !value.isMissingNode()) {
                    present.put(column.name(), comparable(value));
                }
            }
            values.add(present);
        }
        return values;
    }

    private static JsonNode at(JsonNode record, List<String> path) {
        JsonNode value = record;
        for (String step : path) {
            value = value.path(step);
        }
        return value;
    }

    /** Numbers are equal if their values are, however many zeros they end with. */
    private static JsonNode comparable(JsonNode value) {
        return value.isNumber() ? number(value.decimalValue()) : value;
    }

    private static JsonNode number(BigDecimal value) {
        return DecimalNode.valueOf(value.stripTrailingZeros());
    }

    /** The values of a file as JSON. */
    private static final class Values implements RowReceiver {

        private final Map<String, String> metadata;
        private final List<Map<String, JsonNode>> rows = new ArrayList<>();
        private Map<String, JsonNode> row = Map.of();

        Values(Map<String, String> metadata) {
            this.metadata = metadata;
        }

        @Override
        public RowReceiver.Values column(List<String> path) {
            String name = String.join(".", path);
            return (utf8, length, kind) -> row.put(name, value(new String(utf8, 0, length, StandardCharsets.UTF_8), kind));
        }

        private static JsonNode value(String text, ValueKind kind) {
            try {
                return switch (kind) {
                    case NUMBER -> number(new BigDecimal(text));
                    case BOOLEAN, JSON -> MAPPER.readTree(text);
                    case TEXT, TIME -> MAPPER.getNodeFactory().textNode(text);
                };
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(text, e);
            }
        }

        @Override
        public @Nullable LongFunction<String> timePrinter(List<String> path) {
            String pattern = metadata.get(ParquetColumns.FORMAT_KEY + String.join(".", path));
            if (pattern == null) {
                return null;
            }
            DateTimeFormat format = DateTimeFormat.of(pattern, ChronoUnit.MICROS);
            return micros -> {
                long ticks = format.ticksOf(micros);
                // the text would hide digits that it does not have
                assertThat(micros).as("digits of " + pattern).isEqualTo(format.epochMicros(ticks));
                return format.print(ticks);
            };
        }

        @Override
        public void beginRow() {
            row = new LinkedHashMap<>();
        }

        @Override
        public void endRow() {
            rows.add(row);
        }
    }
}
