package io.freshet.codec;

import static io.freshet.codec.BinaryReading.avro;
import static io.freshet.codec.BinaryReading.dateTime;
import static io.freshet.codec.BinaryReading.descriptor;
import static io.freshet.codec.BinaryReading.encode;
import static io.freshet.codec.BinaryReading.field;
import static io.freshet.codec.BinaryReading.held;
import static io.freshet.codec.BinaryReading.instant;
import static io.freshet.codec.BinaryReading.message;
import static io.freshet.codec.BinaryReading.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import org.apache.avro.Schema.Parser;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;

import com.google.protobuf.Descriptors;
import com.google.protobuf.DynamicMessage;

import io.freshet.table.CodedVector;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;
import io.freshet.table.DateTimeFormat;
import io.freshet.table.FloatingVector;
import io.freshet.table.NumberVector;
import io.freshet.table.RowBatch;
import io.freshet.table.Schema;
import io.freshet.table.TextDictionary;
import io.freshet.table.TextVector;

/** Every type in Avro and Protocol Buffers, with and without missing values, read back by the formats' own libraries. */
class BinaryFormatsTest {

    private static final long[] NUMBERS = { 0, 1, -1, 63, 64, -64, -65, 1L << 40, Long.MAX_VALUE, -(1L << 62) };
    private static final BatchMetadata METADATA = new BatchMetadata(Instant.parse("2026-03-01T12:00:00Z"), 3);

    @Test
    void avroReadsBackEveryTypeAndMissingValues() throws IOException {
        for (boolean nullable : new boolean[] { false, true }) {
            RowBatch rows = rows(nullable);
            org.apache.avro.Schema schema = new Parser()
                    .parse(BinaryFormat.AVRO.schema(rows.schema(), true, "cus-tomers.2026"));
            EncodedRecords encoded = encode(BinaryFormat.AVRO, rows, METADATA);
            assertThat(schema.getFullName()).isEqualTo("freshet.cus_tomers_2026");
            assertThat(schema.getField("a_price").doc()).isEqualTo("a price");
            for (int row = 0; row < rows.size(); row++) {
                BinaryDecoder in = DecoderFactory.get().binaryDecoder(encoded.copy(row), null);
                GenericRecord record = new GenericDatumReader<GenericRecord>(schema).read(null, in);
                assertThat(in.isEnd()).isTrue();
                boolean missing = nullable && row % 3 == 2;
                assertThat(record.get("number")).isEqualTo(missing ? null : NUMBERS[row]);
                assertThat(missing ? null
                        : new BigDecimal(new BigInteger(((ByteBuffer) record.get("a_price")).array()), 2))
                        .isEqualTo(missing ? null : BigDecimal.valueOf(row * 100L - 333, 2));
                assertThat(record.get("real")).isEqualTo(missing ? null : row * -1.5e-300);
                assertThat(record.get("truth")).isEqualTo(missing ? null : row % 2 == 1);
                assertThat(text(record.get("kind"))).isEqualTo(missing ? null : List.of("ä", "", "c c").get(row % 3));
                assertThat(text(record.get("name"))).isEqualTo(missing ? null : "name-ü€-" + row);
                assertThat(record.get("day")).isEqualTo(
                        missing ? null : (int) java.time.LocalDate.of(2026, 1, row % 9 + 1).toEpochDay());
                assertThat(record.get("never")).isNull();
                assertThat(record.get("_generated_at")).isEqualTo(METADATA.generatedAt().toEpochMilli());
                assertThat(text(record.get("_batch_id"))).isEqualTo("batch-000003");
            }
        }
    }

    @Test
    void protobufReadsBackEveryTypeAndMissingValues() throws Exception {
        for (boolean nullable : new boolean[] { false, true }) {
            RowBatch rows = rows(nullable);
            Descriptors.Descriptor message = descriptor(BinaryFormat.PROTOBUF.schema(rows.schema(), true, "customers"));
            EncodedRecords encoded = encode(BinaryFormat.PROTOBUF, rows, METADATA);
            for (int row = 0; row < rows.size(); row++) {
                DynamicMessage record = DynamicMessage.parseFrom(message, encoded.copy(row));
                boolean missing = nullable && row % 3 == 2;
                assertThat(record.getUnknownFields().asMap()).isEmpty();
                assertThat(field(record, "number")).isEqualTo(missing ? 0L : NUMBERS[row]);
                assertThat(field(record, "a_price")).isEqualTo(missing ? 0.0 : (row * 100L - 333) / 100.0);
                assertThat(field(record, "real")).isEqualTo(missing ? 0.0 : row * -1.5e-300);
                assertThat(field(record, "truth")).isEqualTo(!missing && row % 2 == 1);
                assertThat(field(record, "kind")).isEqualTo(missing ? "" : List.of("ä", "", "c c").get(row % 3));
                assertThat(field(record, "name")).isEqualTo(missing ? "" : "name-ü€-" + row);
                assertThat(field(record, "_batch_id")).isEqualTo("batch-000003");
                assertThat(instant(record, "_generated_at")).isEqualTo(METADATA.generatedAt());
                assertThat(record.hasField(message.findFieldByName("day"))).isEqualTo(!missing);
                assertThat(missing ? null : instant(record, "day")).isEqualTo(
                        missing ? null : Instant.parse("2026-01-0" + (row % 9 + 1) + "T00:00:00Z"));
                if (nullable) {
                    assertThat(record.hasField(message.findFieldByName("number"))).isEqualTo(!missing);
                    assertThat(record.hasField(message.findFieldByName("kind"))).isEqualTo(!missing);
                }
            }
        }
    }

    @Test
    void aNewColumnWithMissingValuesIsACompatibleChange() {
        Schema old = new Schema(List.of(new Column("a", new ColumnType.Whole(), false)));
        Schema more = new Schema(List.of(new Column("a", new ColumnType.Whole(), false),
                new Column("b", new ColumnType.FreeText(), true)));

        assertThat(SchemaCompatibility.checkReaderWriterCompatibility(avro(more), avro(old)).getType())
                .isEqualTo(SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE);
    }

    @Test
    void columnsWithLegalNamesKeepThemAndMadeUpNamesGetNumbers() {
        Schema schema = new Schema(List.of(whole("a b"), whole("a_b"), whole("1"), whole("_1"), whole("_batch_id")));

        assertThat(names(schema, false)).containsExactly("a_b_2", "a_b", "_1_2", "_1", "_batch_id");
        assertThat(names(schema, true)).containsExactly("a_b_2", "a_b", "_1_2", "_1", "_batch_id_2", "_generated_at",
                "_batch_id");
    }

    /** Compilers reject such fields, old compilers regardless of case, and an explicit JSON name does not help. */
    @Test
    void protobufFieldsThatHadTheSameNameInJsonGetNumbers() throws Exception {
        Schema schema = new Schema(List.of(whole("user_id"), whole("userId"), whole("_x"), whole("__x"), whole("_"),
                whole("generatedAt"), whole("Other"), whole("other")));

        String text = BinaryFormat.PROTOBUF.schema(schema, true, "m");

        assertThat(descriptor(text).getFields().stream().map(Descriptors.FieldDescriptor::getName)).containsExactly("user_id",
                "userId_2", "_x", "__x_2", "_", "generatedAt_2", "Other", "other_2", "_generated_at", "_batch_id");
        assertThat(descriptor(text).getFields().stream().map(field -> field.getJsonName().toLowerCase(java.util.Locale.ROOT)))
                .doesNotHaveDuplicates();
        assertThat(text).contains("int64 userId_2 = 2; // \"userId\"\n").contains("int64 user_id = 1;\n");
    }

    @Test
    void aCommentInASchemaStaysOnItsLine() throws Exception {
        Schema schema = new Schema(List.of(whole("a\nb */ }"), whole("c")));

        assertThat(descriptor(BinaryFormat.PROTOBUF.schema(schema, false, "m")).getFields()).hasSize(2);
        assertThat(BinaryFormat.PROTOBUF.schema(schema, false, "m")).hasLineCount(7);
    }

    @Test
    void protobufResolvesTimestampWhateverTheMessageAndItsFieldsAreCalled() {
        Schema schema = new Schema(List.of(new Column("google", dateTime("uuuu-MM-dd", ChronoUnit.DAYS), false)));

        assertThat(BinaryFormat.PROTOBUF.schema(schema, false, "google"))
                .contains("import \"google/protobuf/timestamp.proto\";")
                .contains(" .google.protobuf.Timestamp google = 1;");
        assertThat(BinaryFormat.PROTOBUF.schema(new Schema(List.of(whole("a"))), false, "m")).doesNotContain("import");
    }

    @Test
    void identifiersAndConstantsThatAreNumbersInJsonAreNumbersHereToo() throws Exception {
        RowBatch rows = numbersInDisguise();

        GenericRecord avro = (GenericRecord) read(rows);
        DynamicMessage protobuf = message(rows);

        assertThat(avro.get("id")).isEqualTo(4711L);
        assertThat(avro.get("tenant")).isEqualTo(7L);
        assertThat(avro.get("active")).isEqualTo(true);
        assertThat(avro.get("tiny")).isEqualTo(1e-9);
        assertThat(text(avro.get("code"))).isEqualTo("007");
        assertThat(new BigDecimal(new BigInteger(((ByteBuffer) avro.get("rate")).array()), 2))
                .isEqualTo(new BigDecimal("2.50"));
        assertThat(field(protobuf, "id")).isEqualTo(4711L);
        assertThat(field(protobuf, "tenant")).isEqualTo(7L);
        assertThat(field(protobuf, "active")).isEqualTo(true);
        assertThat(field(protobuf, "tiny")).isEqualTo(1e-9);
        assertThat(field(protobuf, "code")).isEqualTo("007");
        assertThat(field(protobuf, "rate")).isEqualTo(2.5);
    }

    private static RowBatch numbersInDisguise() {
        Schema schema = new Schema(List.of(new Column("id", new ColumnType.Identifier(true), false),
                constant("tenant", "7", "7"),
                constant("active", "true", "true"), constant("tiny", "1e-9", "1e-9"), constant("code", "007", "\"007\""),
                constant("rate", "2.50", "2.50")));
        TextVector ids = TextVector.create(1);
        ids.append(0, "4711");
        List<ColumnVector> vectors = new java.util.ArrayList<>(List.of(ids));
        for (Column column : schema.columns().subList(1, schema.size())) {
            vectors.add(CodedVector.wrap(new int[] { 0 },
                    TextDictionary.of(List.of(((ColumnType.Constant) column.type()).text()))));
        }
        return held(RowBatch.wrap(schema, vectors), 1);
    }

    @Test
    void keysAreTextsOrIntegersAndReadBack() throws Exception {
        byte[] text = "kö".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        byte[] number = "-4711".getBytes(java.nio.charset.StandardCharsets.UTF_8);

        assertThat(avroKey(text, false)).hasToString("kö");
        assertThat(avroKey(number, true)).isEqualTo(-4711L);
        assertThat(protobufKey(text, false)).isEqualTo("kö");
        assertThat(protobufKey(number, true)).isEqualTo(-4711L);
    }

    private static Object avroKey(byte[] key, boolean wholeNumber) throws IOException {
        return new GenericDatumReader<>(new Parser().parse(BinaryFormat.AVRO.keySchema(wholeNumber))).read(null,
                DecoderFactory.get().binaryDecoder(BinaryFormat.AVRO.encoder().key(key, wholeNumber), null));
    }

    private static Object protobufKey(byte[] key, boolean wholeNumber) throws Exception {
        return field(DynamicMessage.parseFrom(descriptor(BinaryFormat.PROTOBUF.keySchema(wholeNumber)),
                BinaryFormat.PROTOBUF.encoder().key(key, wholeNumber)), "key");
    }

    private static Column whole(String name) {
        return new Column(name, new ColumnType.Whole(), false);
    }

    private static Column constant(String name, String text, String literal) {
        return new Column(name, new ColumnType.Constant(text, literal), false);
    }

    private static List<String> names(Schema schema, boolean metadata) {
        return new Parser().parse(BinaryFormat.AVRO.schema(schema, metadata, "r")).getFields().stream()
                .map(org.apache.avro.Schema.Field::name).toList();
    }

    private static Object text(Object value) {
        return value == null ? null : value.toString();
    }

    private static RowBatch rows(boolean nullable) {
        int size = NUMBERS.length;
        Schema schema = new Schema(List.of(new Column("number", new ColumnType.Whole(), nullable),
                new Column("a price", new ColumnType.Decimal(2), nullable),
                new Column("real", new ColumnType.Floating(), nullable),
                new Column("truth", new ColumnType.Bool("no", "yes"), nullable),
                new Column("kind", new ColumnType.Categorical(), nullable),
                new Column("name", new ColumnType.FreeText(), nullable),
                new Column("day", new ColumnType.DateTime(DateTimeFormat.of("uuuu-MM-dd", ChronoUnit.DAYS)), nullable),
                new Column("never", new ColumnType.Missing(), true)));
        long[] prices = new long[size];
        double[] reals = new double[size];
        int[] truths = new int[size];
        int[] kinds = new int[size];
        long[] days = new long[size];
        TextVector names = TextVector.create(size);
        for (int i = 0; i < size; i++) {
            prices[i] = i * 100L - 333;
            reals[i] = i * -1.5e-300;
            truths[i] = i % 2;
            kinds[i] = i % 3;
            days[i] = java.time.LocalDate.of(2026, 1, i % 9 + 1).toEpochDay();
            names.append(i, "name-ü€-" + i);
        }
        List<ColumnVector> vectors = List.of(NumberVector.wrap(NUMBERS.clone()), NumberVector.wrap(prices),
                FloatingVector.wrap(reals), CodedVector.wrap(truths, TextDictionary.of(List.of("no", "yes"))),
                CodedVector.wrap(kinds, TextDictionary.of(List.of("ä", "", "c c"))), names, NumberVector.wrap(days),
                CodedVector.create(size, TextDictionary.of(List.of())));
        RowBatch rows = RowBatch.wrap(schema, vectors);
        for (int i = 0; i < size; i++) {
            for (int c = 0; c < 7 && nullable && i % 3 == 2; c++) {
                vectors.get(c).setMissing(i);
            }
        }
        rows.hold(0, size);
        return rows;
    }

    /** Parses the text of a schema with one message, as a compiler would. */
}
