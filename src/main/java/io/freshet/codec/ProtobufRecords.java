package io.freshet.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;

import io.freshet.protobuf.ProtoSchema;
import io.freshet.table.RecordSchema;

/**
 * Encodes records in the wire format of Protocol Buffers, in any message of a schema. Values are those of the JSON mapping of
 * proto3: enumerations by name, bytes as base64, timestamps and durations as texts, wrappers as the value within.
 */
final class ProtobufRecords implements RecordFormat {

    private static final String GOOGLE = "google.protobuf.";
    private static final int NANOS_DIGITS = 9;

    private final Descriptor message;

    private ProtobufRecords(Descriptor message) {
        this.message = message;
    }

    static ProtobufRecords of(String schema) {
        return new ProtobufRecords(ProtoSchema.parse(schema).message());
    }

    /** Returns the place of the message of records among the messages of its schema. */
    static int messageIndex(RecordSchema schema) {
        return ProtoSchema.parse(schema.text()).message().getIndex();
    }

    @Override
    public void write(Map<String, @Nullable Object> record, RecordBytes into) throws IOException {
        into.put(message(message, record, message.getName()));
    }

    private static IllegalArgumentException misfit(String path, FieldDescriptor field) {
        return new IllegalArgumentException("the field " + path + " does not fit its type " + field.getType());
    }

    private static byte[] message(Descriptor type, Map<?, ?> record, String path) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        for (FieldDescriptor field : type.getFields()) {
            Object value = record.get(field.getName());
            if (value != null) {
                write(out, field, value, path + "." + field.getName());
            }
        }
        out.flush();
        return bytes.toByteArray();
    }

    private static void write(CodedOutputStream out, FieldDescriptor field, Object value, String path) throws IOException {
        if (field.isMapField()) {
            writeMap(out, field, value, path);
        } else if (!field.isRepeated()) {
            writeTagged(out, field, value, path);
        } else if (value instanceof List<?> elements) {
            if (field.isPacked() && !elements.isEmpty()) {
                ByteArrayOutputStream packed = new ByteArrayOutputStream();
                CodedOutputStream inner = CodedOutputStream.newInstance(packed);
                for (Object element : elements) {
                    writeScalar(inner, field, element, path);
                }
                inner.flush();
                out.writeByteArray(field.getNumber(), packed.toByteArray());
                return;
            }
            for (Object element : elements) {
                writeTagged(out, field, element, path);
            }
        } else {
            throw misfit(path, field);
        }
    }

    private static void writeMap(CodedOutputStream out, FieldDescriptor field, Object value, String path) throws IOException {
        if (!(value instanceof Map<?, ?> entries)) {
            throw misfit(path, field);
        }
        FieldDescriptor key = field.getMessageType().findFieldByNumber(1);
        FieldDescriptor of = field.getMessageType().findFieldByNumber(2);
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            CodedOutputStream inner = CodedOutputStream.newInstance(bytes);
            writeTagged(inner, key, keyOf(key, String.valueOf(entry.getKey())), path);
            if (entry.getValue() != null) {
                writeTagged(inner, of, entry.getValue(), path);
            }
            inner.flush();
            out.writeByteArray(field.getNumber(), bytes.toByteArray());
        }
    }

    /** Keys of JSON are texts. */
    private static Object keyOf(FieldDescriptor key, String text) {
        return switch (key.getJavaType()) {
            case STRING -> text;
            case BOOLEAN -> Boolean.valueOf(text);
            default -> Long.valueOf(text);
        };
    }

    private static void writeTagged(CodedOutputStream out, FieldDescriptor field, @Nullable Object value, String path)
            throws IOException {
        if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
            out.writeByteArray(field.getNumber(), content(field, value, path));
            return;
        }
        if (isDefault(field, value)) {
            return;
        }
        out.writeTag(field.getNumber(), wireType(field));
        writeScalar(out, field, value, path);
    }

    private static int wireType(FieldDescriptor field) {
        return switch (field.getType()) {
            case DOUBLE, FIXED64, SFIXED64 -> WireFormat.WIRETYPE_FIXED64;
            case FLOAT, FIXED32, SFIXED32 -> WireFormat.WIRETYPE_FIXED32;
            case STRING, BYTES -> WireFormat.WIRETYPE_LENGTH_DELIMITED;
            default -> WireFormat.WIRETYPE_VARINT;
        };
    }

    /** Returns whether a field without presence has its default value, which is not written. */
    private static boolean isDefault(FieldDescriptor field, @Nullable Object value) {
        if (field.hasPresence() || field.isRepeated()) {
            return false;
        }
        return value instanceof Number number && number.doubleValue() == 0 || "".equals(value) || Boolean.FALSE.equals(value);
    }

    private static byte[] content(FieldDescriptor field, @Nullable Object value, String path) throws IOException {
        Descriptor type = field.getMessageType();
        if (type.getFullName().startsWith(GOOGLE) && value != null) {
            return known(field, type, value, path);
        }
        if (!(value instanceof Map<?, ?> record)) {
            throw misfit(path, field);
        }
        return message(type, record, path);
    }

    private static byte[] known(FieldDescriptor field, Descriptor type, Object value, String path) throws IOException {
        return switch (type.getFullName().substring(GOOGLE.length())) {
            case "Timestamp" -> {
                Instant instant = Instant.parse(value.toString());
                yield message(type, Map.of("seconds", instant.getEpochSecond(), "nanos", (long) instant.getNano()), path);
            }
            case "Duration" -> {
                BigDecimal seconds = new BigDecimal(value.toString().replace("s", ""));
                yield message(type, Map.of("seconds", seconds.longValue(), "nanos",
                        seconds.remainder(BigDecimal.ONE).movePointRight(NANOS_DIGITS).longValue()), path);
            }
            case "Struct" -> message(type, Map.of("fields", value), path);
            case "Value" -> message(type, Map.of(kind(value), value), path);
            case "ListValue" -> message(type, Map.of("values", value), path);
            case "FieldMask" -> message(type, Map.of("paths", List.of(value.toString().split(","))), path);
            case "Empty" -> new byte[0];
            default -> {
                if (type.findFieldByName("value") == null) {
                    throw misfit(path, field);
                }
                yield message(type, Map.of("value", value), path);
            }
        };
    }

    private static String kind(Object value) {
        return value instanceof String ? "string_value"
                : value instanceof Boolean ? "bool_value"
                        : value instanceof Number ? "number_value" : value instanceof List<?> ? "list_value" : "struct_value";
    }

    private static void writeScalar(CodedOutputStream out, FieldDescriptor field, @Nullable Object value, String path)
            throws IOException {
        switch (field.getJavaType()) {
            case STRING -> out.writeStringNoTag(String.valueOf(value));
            case BYTE_STRING -> out.writeBytesNoTag(ByteString.copyFrom(Base64.getDecoder().decode(String.valueOf(value))));
            case BOOLEAN -> out.writeBoolNoTag(Boolean.TRUE.equals(value));
            case ENUM -> {
                EnumValueDescriptor symbol = field.getEnumType().findValueByName(String.valueOf(value));
                if (symbol == null) {
                    throw misfit(path, field);
                }
                out.writeEnumNoTag(symbol.getNumber());
            }
            default -> {
                if (!(value instanceof Number number)) {
                    throw misfit(path, field);
                }
                writeNumber(out, field, number);
            }
        }
    }

    private static void writeNumber(CodedOutputStream out, FieldDescriptor field, Number number) throws IOException {
        switch (field.getType()) {
            case DOUBLE -> out.writeDoubleNoTag(number.doubleValue());
            case FLOAT -> out.writeFloatNoTag(number.floatValue());
            case INT32 -> out.writeInt32NoTag(number.intValue());
            case UINT32 -> out.writeUInt32NoTag(number.intValue());
            case SINT32 -> out.writeSInt32NoTag(number.intValue());
            case FIXED32 -> out.writeFixed32NoTag(number.intValue());
            case SFIXED32 -> out.writeSFixed32NoTag(number.intValue());
            case UINT64 -> out.writeUInt64NoTag(number.longValue());
            case SINT64 -> out.writeSInt64NoTag(number.longValue());
            case FIXED64 -> out.writeFixed64NoTag(number.longValue());
            case SFIXED64 -> out.writeSFixed64NoTag(number.longValue());
            default -> out.writeInt64NoTag(number.longValue());
        }
    }
}
