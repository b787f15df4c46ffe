package io.freshet.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.avro.Schema.Parser;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Timestamp;
import com.google.protobuf.TimestampProto;

import io.freshet.table.ColumnType;
import io.freshet.table.DateTimeFormat;
import io.freshet.table.RowBatch;
import io.freshet.table.Schema;

/** Reads Avro and Protocol Buffers with the formats' own libraries. */
final class BinaryReading {

    private BinaryReading() {
    }

    static ColumnType dateTime(String pattern, ChronoUnit resolution) {
        return new ColumnType.DateTime(DateTimeFormat.of(pattern, resolution));
    }

    static RowBatch held(RowBatch rows, int size) {
        rows.hold(0, size);
        return rows;
    }

    static Object read(RowBatch rows) throws IOException {
        return new GenericDatumReader<>(avro(rows.schema())).read(null,
                DecoderFactory.get().binaryDecoder(encode(BinaryFormat.AVRO, rows, null).copy(0), null));
    }

    static DynamicMessage message(RowBatch rows) throws Exception {
        return DynamicMessage.parseFrom(descriptor(BinaryFormat.PROTOBUF.schema(rows.schema(), false, "r")),
                encode(BinaryFormat.PROTOBUF, rows, null).copy(0));
    }

    static Instant instant(DynamicMessage message, String field) throws Exception {
        Timestamp timestamp = Timestamp.parseFrom(((DynamicMessage) field(message, field)).toByteString());
        return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
    }

    static org.apache.avro.Schema avro(Schema schema) {
        return new Parser().parse(BinaryFormat.AVRO.schema(schema, false, "r"));
    }

    static Object field(DynamicMessage message, String name) {
        return message.getField(message.getDescriptorForType().findFieldByName(name));
    }

    static EncodedRecords encode(BinaryFormat format, RowBatch rows, @Nullable BatchMetadata metadata) {
        EncodedRecords encoded = EncodedRecords.create();
        format.encoder().encode(new RecordBatch.Rows(rows), metadata, encoded);
        return encoded;
    }

    static Descriptors.Descriptor descriptor(String text) throws Descriptors.DescriptorValidationException {
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
