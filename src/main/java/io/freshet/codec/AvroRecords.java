package io.freshet.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Encodes records in Avro's binary encoding, in any schema of records. Texts of dates, times and bytes become numbers and
 * bytes.
 */
final class AvroRecords implements RecordFormat {

    private final Schema schema;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);

    private AvroRecords(Schema schema) {
        this.schema = schema;
    }

    static AvroRecords of(String schema) {
        return new AvroRecords(new Schema.Parser().parse(schema));
    }

    @Override
    public void write(Map<String, @Nullable Object> record, RecordBytes into) throws IOException {
        bytes.reset();
        write(schema, record, "record");
        encoder.flush();
        into.put(bytes.toByteArray());
    }

    private static IllegalArgumentException misfit(String path, Schema type) {
        return new IllegalArgumentException("the field " + path + " does not fit its type " + type.getType().getName());
    }

    private void write(Schema type, @Nullable Object value, String path) throws IOException {
        if (type.getType() == Schema.Type.UNION) {
            int option = option(type, value);
            if (option < 0) {
                throw misfit(path, type);
            }
            encoder.writeIndex(option);
            write(type.getTypes().get(option), value, path);
            return;
        }
        if (!fits(type, value)) {
            throw misfit(path, type);
        }
        switch (type.getType()) {
            case RECORD -> {
                for (Schema.Field field : type.getFields()) {
                    write(field.schema(), ((Map<?, ?>) Objects.requireNonNull(value)).get(field.name()),
                            path + "." + field.name());
                }
            }
            case ARRAY -> writeArray(type.getElementType(), (List<?>) Objects.requireNonNull(value), path);
            case MAP -> writeMap(type.getValueType(), (Map<?, ?>) Objects.requireNonNull(value), path);
            case NULL -> encoder.writeNull();
            default -> writeScalar(type, Objects.requireNonNull(value));
        }
    }

    private void writeArray(Schema element, List<?> values, String path) throws IOException {
        encoder.writeArrayStart();
        encoder.setItemCount(values.size());
        for (Object value : values) {
            encoder.startItem();
            write(element, value, path);
        }
        encoder.writeArrayEnd();
    }

    private void writeMap(Schema of, Map<?, ?> entries, String path) throws IOException {
        encoder.writeMapStart();
        encoder.setItemCount(entries.size());
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            encoder.startItem();
            encoder.writeString(String.valueOf(entry.getKey()));
            write(of, entry.getValue(), path);
        }
        encoder.writeMapEnd();
    }

    private void writeScalar(Schema type, Object value) throws IOException {
        switch (type.getType()) {
            case INT -> encoder.writeInt(Math.toIntExact(whole(type, value)));
            case LONG -> encoder.writeLong(whole(type, value));
            case FLOAT -> encoder.writeFloat(((Number) value).floatValue());
            case DOUBLE -> encoder.writeDouble(((Number) value).doubleValue());
            case BOOLEAN -> encoder.writeBoolean((Boolean) value);
            case ENUM -> encoder.writeEnum(type.getEnumOrdinal(String.valueOf(value)));
            case BYTES -> encoder.writeBytes(bytes(type, value));
            case FIXED -> encoder.writeFixed(fixed(type, value));
            default -> encoder.writeString(value.toString());
        }
    }

    /** Returns a whole number, or what a date or a time counts. */
    private static long whole(Schema type, Object value) {
        if (value instanceof Number number) {
            return number.longValue();
        }
        String text = value.toString();
        return switch (type.getLogicalType().getName()) {
            case "date" -> LocalDate.parse(text).toEpochDay();
            case "time-millis" -> LocalTime.parse(text).toNanoOfDay() / 1_000_000;
            case "time-micros" -> LocalTime.parse(text).toNanoOfDay() / 1000;
            case "timestamp-millis" -> Instant.parse(text).toEpochMilli();
            case "timestamp-micros" -> ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(text));
            case "timestamp-nanos" -> ChronoUnit.NANOS.between(Instant.EPOCH, Instant.parse(text));
            case "local-timestamp-millis" -> LocalDateTime.parse(text).toInstant(ZoneOffset.UTC).toEpochMilli();
            case "local-timestamp-micros" ->
                ChronoUnit.MICROS.between(Instant.EPOCH, LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
            default -> ChronoUnit.NANOS.between(Instant.EPOCH, LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
        };
    }

    private static byte[] bytes(Schema type, Object value) {
        if (value instanceof Number number && type.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            return new BigDecimal(number.toString()).setScale(decimal.getScale(), RoundingMode.HALF_UP).unscaledValue()
                    .toByteArray();
        }
        try {
            return Base64.getDecoder().decode(value.toString());
        } catch (IllegalArgumentException e) {
            // a text that was listed in a schema, where each character is a byte
            return value.toString().getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    private static byte[] fixed(Schema type, Object value) {
        byte[] bytes = bytes(type, value);
        byte[] fixed = new byte[type.getFixedSize()];
        boolean number = value instanceof Number;
        Arrays.fill(fixed, number && new BigInteger(bytes).signum() < 0 ? (byte) -1 : 0);
        int length = Math.min(bytes.length, fixed.length);
        System.arraycopy(bytes, bytes.length - length, fixed, number ? fixed.length - length : 0, length);
        return fixed;
    }

    /** Returns the first option of a union that a value fits, or -1. */
    private static int option(Schema union, @Nullable Object value) {
        List<Schema> options = union.getTypes();
        for (int i = 0; i < options.size(); i++) {
            if (fits(options.get(i), value)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean fits(Schema type, @Nullable Object value) {
        return switch (type.getType()) {
            case NULL -> value == null;
            case UNION -> option(type, value) >= 0;
            case RECORD -> value instanceof Map<?, ?> record && fits(type, record);
            case MAP -> value instanceof Map<?, ?> map
                    && map.values().stream().allMatch(each -> fits(type.getValueType(), each));
            case ARRAY -> value instanceof List<?> list && list.stream().allMatch(each -> fits(type.getElementType(), each));
            case INT -> isWhole(type, value) && !(value instanceof Long number && number != number.intValue());
            case LONG -> isWhole(type, value);
            case FLOAT, DOUBLE -> value instanceof Number;
            case BOOLEAN -> value instanceof Boolean;
            case ENUM -> value instanceof String text && type.hasEnumSymbol(text);
            case BYTES, FIXED -> value instanceof String
                    || value instanceof Number && type.getLogicalType() instanceof LogicalTypes.Decimal;
            case STRING -> value instanceof String;
        };
    }

    private static boolean fits(Schema type, Map<?, ?> record) {
        return record.keySet().stream().allMatch(name -> type.getField(String.valueOf(name)) != null)
                && type.getFields().stream().allMatch(field -> fits(field.schema(), record.get(field.name())));
    }

    private static boolean isWhole(Schema type, @Nullable Object value) {
        return value instanceof Long || value instanceof Integer || value instanceof String && type.getLogicalType() != null
                || value instanceof BigDecimal number && number.stripTrailingZeros().scale() <= 0;
    }
}
