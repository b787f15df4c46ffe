package io.freshet.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import de.siegmar.fastcsv.reader.CsvReader;
import io.freshet.table.CodedVector;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.DateTimeFormat;
import io.freshet.table.FloatingVector;
import io.freshet.table.NumberDictionary;
import io.freshet.table.NumberVector;
import io.freshet.table.RowBatch;
import io.freshet.table.Schema;
import io.freshet.table.TextDictionary;
import io.freshet.table.TextVector;

/** Jackson and FastCSV read back what the encoders write. */
class EncodersTest {

    private static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final List<String> HARD = List.of("", "plain", "a \"quoted\" one", "back\\slash", "line\nbreak\r\ttab",
            "\u0000\u001f control", "Zürich", "日本語", "🐦 bird", "a,b;c", "x".repeat(100));
    private static final DateTimeFormat SECONDS = DateTimeFormat.of("uuuu-MM-dd'T'HH:mm:ss'Z'", ChronoUnit.SECONDS);
    private static final int ROWS = 333;

    private final SplittableRandom random = new SplittableRandom(1);
    private final Schema schema = new Schema(List.of(new Column("whole", new ColumnType.Whole(), true),
            new Column("de\"ci,mal", new ColumnType.Decimal(3), true), new Column("floating", new ColumnType.Floating(), true),
            new Column("bool", new ColumnType.Bool("No", "Yes"), true), new Column("größe", new ColumnType.Categorical(), true),
            new Column("at", new ColumnType.DateTime(SECONDS), true), new Column("text", new ColumnType.FreeText(), true),
            new Column("step", new ColumnType.Decimal(1), true), new Column("nothing", new ColumnType.Missing(), true)));

    private RowBatch batch() {
        NumberVector whole = NumberVector.create(ROWS);
        NumberVector decimal = NumberVector.create(ROWS);
        FloatingVector floating = FloatingVector.create(ROWS);
        CodedVector bool = CodedVector.create(ROWS, TextDictionary.of(List.of("No", "Yes")));
        CodedVector category = CodedVector.create(ROWS, TextDictionary.of(HARD));
        NumberVector at = NumberVector.create(ROWS);
        TextVector text = TextVector.create(ROWS);
        CodedVector step = CodedVector.create(ROWS, NumberDictionary.of(-15, 0, 5, 1234));
        CodedVector nothing = CodedVector.create(ROWS, TextDictionary.of(List.of()));
        for (int i = 0; i < ROWS; i++) {
            int bits = random.nextInt(63);
            whole.values()[i] = random.nextLong() >> bits;
            decimal.values()[i] = random.nextLong() >> random.nextInt(11, 63);
            double number = Double.longBitsToDouble(random.nextLong());
            floating.values()[i] = Double.isFinite(number) ? number : 0;
            bool.codes()[i] = random.nextInt(3);
            category.codes()[i] = random.nextInt(HARD.size() + 1);
            at.values()[i] = random.nextLong(-10_000_000_000L, 10_000_000_000L);
            text.append(i, HARD.get(random.nextInt(HARD.size())));
            step.codes()[i] = random.nextInt(5);
        }
        whole.values()[0] = Long.MAX_VALUE;
        whole.setMissing(1);
        decimal.setMissing(2);
        floating.setMissing(3);
        at.setMissing(4);
        text.setMissing(5);
        RowBatch batch = RowBatch.wrap(schema, List.of(whole, decimal, floating, bool, category, at, text, step, nothing));
        batch.hold(0, ROWS);
        return batch;
    }

    @Test
    void jsonIsReadBack() throws IOException {
        RowBatch batch = batch();
        EncodedRecords encoded = EncodedRecords.create();
        BatchMetadata metadata = new BatchMetadata(Instant.parse("2026-01-02T03:04:05Z"), 7);
        new JsonEncoder().encode(new RecordBatch.Rows(batch), metadata, encoded);
        for (int i = 0; i < ROWS; i++) {
            JsonNode json = MAPPER.readTree(encoded.copy(i));
            for (int c = 0; c < schema.size(); c++) {
                String name = schema.column(c).name();
                String expected = KeyEncoder.text(batch, c, i);
                JsonNode value = json.get(name);
                if (expected == null) {
                    assertThat(value.isNull()).isTrue();
                } else if (schema.column(c).type() instanceof ColumnType.Bool) {
                    assertThat(value.asBoolean()).isEqualTo(expected.equals("Yes"));
                } else if (value.isNumber()) {
                    assertThat(value.decimalValue()).isEqualByComparingTo(new BigDecimal(expected));
                } else {
                    assertThat(value.asText()).isEqualTo(expected);
                }
            }
            assertThat(json.get("_batch_id").asText()).isEqualTo("batch-000007");
            assertThat(json.get("_generated_at").asText()).isEqualTo("2026-01-02T03:04:05Z");
            assertThat(json.size()).isEqualTo(schema.size() + 2);
        }
    }

    @Test
    void csvIsReadBack() {
        RowBatch batch = batch();
        EncodedRecords encoded = EncodedRecords.create();
        new CsvEncoder().encode(new RecordBatch.Rows(batch), null, encoded);
        String csv = new String(CsvEncoder.header(schema, false), StandardCharsets.UTF_8) + "\n"
                + new String(RecordWriter.CSV.write(encoded, true), StandardCharsets.UTF_8);
        var rows = CsvReader.builder().skipEmptyLines(false).ofCsvRecord(csv).stream().toList();
        assertThat(rows).hasSize(ROWS + 1);
        assertThat(rows.get(0).getFields()).isEqualTo(schema.columns().stream().map(Column::name).toList());
        for (int i = 0; i < ROWS; i++) {
            for (int c = 0; c < schema.size(); c++) {
                String expected = KeyEncoder.text(batch, c, i);
                assertThat(rows.get(i + 1).getField(c)).isEqualTo(expected == null ? "" : expected);
            }
        }
    }

    @Test
    void aJsonArrayOfChunksIsOneArray() throws IOException {
        RowBatch batch = batch();
        EncodedRecords encoded = EncodedRecords.create();
        new JsonEncoder().encode(new RecordBatch.Rows(batch), null, encoded);
        String array = RecordWriter.JSON.begin()
                + new String(RecordWriter.JSON.write(encoded, true), StandardCharsets.UTF_8)
                + new String(RecordWriter.JSON.write(encoded, false), StandardCharsets.UTF_8) + RecordWriter.JSON.end();
        assertThat(MAPPER.readTree(array)).hasSize(2 * ROWS);
    }
}
