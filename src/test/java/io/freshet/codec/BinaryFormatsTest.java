package io.freshet.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.avro.Schema.Parser;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Timestamp;
import com.google.protobuf.TimestampProto;

import io.freshet.event.Event;
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
    void timesAreLogicalTypesWhateverTheirFormat() throws Exception {
        long micros = 1_772_366_400_123_456L;
        List<DateTimeFormat> formats = List.of(DateTimeFormat.of("dd.MM.uuuu HH:mm", ChronoUnit.MINUTES),
                DateTimeFormat.of("uuuu-MM-dd'T'HH:mm:ss'+02:00'", ChronoUnit.SECONDS),
                DateTimeFormat.of("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", ChronoUnit.MICROS),
                DateTimeFormat.of("MM/dd/uuuu", ChronoUnit.DAYS), DateTimeFormat.of("HH:mm:ss", ChronoUnit.SECONDS));
        List<Column> columns = new java.util.ArrayList<>();
        List<ColumnVector> vectors = new java.util.ArrayList<>();
        for (int c = 0; c < formats.size(); c++) {
            columns.add(new Column("c" + c, new ColumnType.DateTime(formats.get(c)), false));
            vectors.add(NumberVector.wrap(new long[] { formats.get(c).ticksOf(c == 4 ? 3_661_000_000L : micros) }));
        }
        RowBatch rows = held(RowBatch.wrap(new Schema(columns), vectors), 1);

        GenericRecord avro = (GenericRecord) read(rows);
        DynamicMessage protobuf = message(rows);

        assertThat(avro.getSchema().getFields().stream().map(field -> field.schema().getLogicalType().getName()))
                .containsExactly("timestamp-millis", "timestamp-millis", "timestamp-micros", "date", "time-millis");
        assertThat(avro.get("c0")).isEqualTo(micros / 60_000_000 * 60_000);
        assertThat(avro.get("c1")).isEqualTo(micros / 1_000_000 * 1000);
        assertThat(avro.get("c2")).isEqualTo(micros);
        assertThat(avro.get("c3")).isEqualTo((int) (micros / 86_400_000_000L));
        assertThat(avro.get("c4")).isEqualTo(3_661_000);
        assertThat(instant(protobuf, "c1")).isEqualTo(Instant.ofEpochSecond(micros / 1_000_000));
        assertThat(instant(protobuf, "c2")).isEqualTo(Instant.ofEpochSecond(micros / 1_000_000, 123_456_000));
        assertThat(instant(protobuf, "c3")).isEqualTo(Instant.ofEpochSecond(micros / 86_400_000_000L * 86_400));
        assertThat(field(protobuf, "c4")).isEqualTo(3_661_000);
    }

    @Test
    void timesBefore1970ReadBackToo() throws Exception {
        DateTimeFormat format = DateTimeFormat.of("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", ChronoUnit.MILLIS);
        Column column = new Column("at", new ColumnType.DateTime(format), false);
        RowBatch rows = held(RowBatch.wrap(new Schema(List.of(column)),
                List.of(NumberVector.wrap(new long[] { format.parse("1969-12-31T23:59:59.750Z") }))), 1);

        assertThat(((GenericRecord) read(rows)).get("at")).isEqualTo(-250L);
        assertThat(instant(message(rows), "at")).isEqualTo(Instant.parse("1969-12-31T23:59:59.750Z"));
    }

    @Test
    void declaredTimesAreReadFromTextsAndNumbers() {
        DateTimeFormat instants = DateTimeFormat.of("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", ChronoUnit.MILLIS);
        EventRowMapper rows = new EventRowMapper(new Schema(List.of(new Column("at", new ColumnType.DateTime(instants), true),
                new Column("day", dateTime("uuuu-MM-dd", ChronoUnit.DAYS), true),
                new Column("time", dateTime("HH:mm:ss.SSS", ChronoUnit.MILLIS), true))));

        assertThat(rows.unfit(Map.of("at", "2026-03-01T14:00:00+02:00", "day", "2026-03-01", "time", "06:30"))).isNull();
        assertThat(rows.unfit(Map.of("at", 1_772_366_400_000L))).isNull();
        assertThat(rows.unfit(Map.of("at", "yesterday"))).contains("at");
        assertThat(rows.unfit(Map.of("day", 20_513L))).contains("day");
        RowBatch batch = rows.rows(List.of(new Event(Instant.EPOCH, null,
                Map.of("at", "2026-03-01T14:00:00+02:00", "day", "2026-03-01", "time", "06:30"))));
        assertThat(((NumberVector) batch.vector(0)).values()[0]).isEqualTo(1_772_366_400_000L);
        assertThat(((NumberVector) batch.vector(2)).values()[0]).isEqualTo(23_400_000L);
    }

    @Test
    void timesThatAreIntegersStayIntegersInEveryFormat() throws IOException {
        DateTimeFormat format = DateTimeFormat.of("epoch:seconds", ChronoUnit.MINUTES);
        Column column = new Column("at", new ColumnType.DateTime(format), true);
        RowBatch rows = held(RowBatch.wrap(new Schema(List.of(column)),
                List.of(NumberVector.wrap(new long[] { format.parse("1700000040"), format.parse("-60") }))), 2);

        assertThat(((GenericRecord) read(rows)).get("at")).isEqualTo(1_700_000_040L);
        assertThat(Written.lines(new JsonEncoder(), new RecordBatch.Rows(rows), null))
                .isEqualTo("{\"at\":1700000040}\n{\"at\":-60}\n");
        assertThat(Written.lines(new CsvEncoder(), new RecordBatch.Rows(rows), null)).isEqualTo("1700000040\n-60\n");
        EventRowMapper declared = new EventRowMapper(rows.schema());
        assertThat(declared.unfit(Map.of("at", "noon"))).contains("at");
        RowBatch read = declared.rows(List.of(new Event(Instant.EPOCH, null, Map.of("at", 1_700_000_040L))));
        assertThat(((NumberVector) read.vector(0)).values()[0]).isEqualTo(1_700_000_040L / 60);
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

    private static ColumnType dateTime(String pattern, ChronoUnit resolution) {
        return new ColumnType.DateTime(DateTimeFormat.of(pattern, resolution));
    }

    private static RowBatch held(RowBatch rows, int size) {
        rows.hold(0, size);
        return rows;
    }

    private static List<String> names(Schema schema, boolean metadata) {
        return new Parser().parse(BinaryFormat.AVRO.schema(schema, metadata, "r")).getFields().stream()
                .map(org.apache.avro.Schema.Field::name).toList();
    }

    private static Object read(RowBatch rows) throws IOException {
        return new GenericDatumReader<>(avro(rows.schema())).read(null,
                DecoderFactory.get().binaryDecoder(encode(BinaryFormat.AVRO, rows, null).copy(0), null));
    }

    private static DynamicMessage message(RowBatch rows) throws Exception {
        return DynamicMessage.parseFrom(descriptor(BinaryFormat.PROTOBUF.schema(rows.schema(), false, "r")),
                encode(BinaryFormat.PROTOBUF, rows, null).copy(0));
    }

    private static Instant instant(DynamicMessage message, String field) throws Exception {
        Timestamp timestamp = Timestamp.parseFrom(((DynamicMessage) field(message, field)).toByteString());
        return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
    }

    private static org.apache.avro.Schema avro(Schema schema) {
        return new Parser().parse(BinaryFormat.AVRO.schema(schema, false, "r"));
    }

    private static Object text(Object value) {
        return value == null ? null : value.toString();
    }

    private static Object field(DynamicMessage message, String name) {
        return message.getField(message.getDescriptorForType().findFieldByName(name));
    }

    private static EncodedRecords encode(BinaryFormat format, RowBatch rows, @Nullable BatchMetadata metadata) {
        EncodedRecords encoded = EncodedRecords.create();
        format.encoder().encode(new RecordBatch.Rows(rows), metadata, encoded);
        return encoded;
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
    private static Descriptors.Descriptor descriptor(String text) throws Descriptors.DescriptorValidationException {
        Matcher name = Pattern.compile("message (\\w+) \\{").matcher(text);
        assertThat(name.find()).isTrue();
        DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(name.group(1));
        Matcher field = Pattern
                .compile("  (optional )?(int64|int32|double|bool|string|\\.google\\.protobuf\\.Timestamp) (\\w+) = (\\d+)"
                        + "; *(?://.*)?")
                .matcher(text);
        while (field.find()) {
            FieldDescriptorProto.Builder proto = FieldDescriptorProto.newBuilder().setName(field.group(3))
                    .setNumber(Integer.parseInt(field.group(4))).setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL);
            if (field.group(2).startsWith(".")) {
                proto.setType(FieldDescriptorProto.Type.TYPE_MESSAGE).setTypeName(field.group(2));
            } else {
                proto.setType(FieldDescriptorProto.Type.valueOf("TYPE_" + field.group(2).toUpperCase(java.util.Locale.ROOT)));
            }
            if (field.group(1) != null) {
                proto.setProto3Optional(true).setOneofIndex(message.getOneofDeclCount());
                message.addOneofDeclBuilder().setName("_" + field.group(3));
            }
            message.addField(proto);
        }
        assertThat(message.getFieldCount()).as("every field is understood").isEqualTo(text.split(" = \\d+").length - 1);
        return Descriptors.FileDescriptor.buildFrom(
                FileDescriptorProto.newBuilder().setSyntax("proto3").setName("a.proto").setPackage("freshet")
                        .addDependency("google/protobuf/timestamp.proto").addMessageType(message).build(),
                new Descriptors.FileDescriptor[] { TimestampProto.getDescriptor() }).getMessageTypes().get(0);
    }
}
