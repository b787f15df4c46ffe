package io.freshet.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.avro.Schema.Parser;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
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

/** Avro and Protocol Buffers read back by their own libraries, every type, with and without missing values. */
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
                assertThat(text(record.get("day"))).isEqualTo(missing ? null : "2026-01-0" + (row % 9 + 1));
                assertThat(record.get("never")).isNull();
                assertThat(text(record.get("_generated_at"))).isEqualTo("2026-03-01T12:00:00Z");
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
    void namesThatWouldBeAlikeGetNumbers() {
        Schema schema = new Schema(List.of(new Column("a b", new ColumnType.Whole(), false),
                new Column("a-b", new ColumnType.Whole(), false), new Column("1", new ColumnType.Whole(), false),
                new Column("_batch_id", new ColumnType.Whole(), false)));

        assertThat(avro(schema).getFields().stream().map(org.apache.avro.Schema.Field::name)).containsExactly("a_b", "a_b_2",
                "_1",
                "_batch_id_2");
    }

    @Test
    void keysReadBackToo() throws Exception {
        byte[] text = "kö".getBytes(java.nio.charset.StandardCharsets.UTF_8);

        Object avro = new GenericDatumReader<>(new Parser().parse(BinaryFormat.AVRO.keySchema())).read(null,
                DecoderFactory.get().binaryDecoder(BinaryFormat.AVRO.encoder().key(text), null));
        DynamicMessage key = DynamicMessage.parseFrom(descriptor(BinaryFormat.PROTOBUF.keySchema()),
                BinaryFormat.PROTOBUF.encoder().key(text));

        assertThat(avro).hasToString("kö");
        assertThat(field(key, "key")).isEqualTo("kö");
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

    private static EncodedRecords encode(BinaryFormat format, RowBatch rows, BatchMetadata metadata) {
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

    /** What a compiler would make of the text of a schema with one message. */
    private static Descriptors.Descriptor descriptor(String text) throws Descriptors.DescriptorValidationException {
        Matcher name = Pattern.compile("message (\\w+) \\{").matcher(text);
        assertThat(name.find()).isTrue();
        DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(name.group(1));
        Matcher field = Pattern.compile("  (optional )?(int64|double|bool|string) (\\w+) = (\\d+);").matcher(text);
        while (field.find()) {
            FieldDescriptorProto.Builder proto = FieldDescriptorProto.newBuilder().setName(field.group(3))
                    .setNumber(Integer.parseInt(field.group(4))).setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL)
                    .setType(FieldDescriptorProto.Type.valueOf("TYPE_" + field.group(2).toUpperCase(java.util.Locale.ROOT)));
            if (field.group(1) != null) {
                proto.setProto3Optional(true).setOneofIndex(message.getOneofDeclCount());
                message.addOneofDeclBuilder().setName("_" + field.group(3));
            }
            message.addField(proto);
        }
        return Descriptors.FileDescriptor.buildFrom(
                FileDescriptorProto.newBuilder().setSyntax("proto3").setName("a.proto").addMessageType(message).build(),
                new Descriptors.FileDescriptor[0]).getMessageTypes().get(0);
    }
}
