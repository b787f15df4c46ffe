package io.freshet.kafka.source;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Map;

import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Converts Avro values to JSON as a person would write it, without the names of union branches. Decimals become numbers. */
final class AvroJson {

    /** All times of a column have the same number of digits, so that one format can parse them. */
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS");
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS");
    private static final JsonNodeFactory JSON = JsonNodeFactory.withExactBigDecimals(true);

    private AvroJson() {
    }

    static JsonNode of(Schema schema, @Nullable Object value) {
        if (value == null) {
            return JSON.nullNode();
        }
        return switch (schema.getType()) {
            case RECORD -> object(schema, (IndexedRecord) value);
            case UNION -> of(schema.getTypes().get(GenericData.get().resolveUnion(schema, value)), value);
            case ARRAY -> array(schema, (Collection<?>) value);
            case MAP -> {
                ObjectNode map = JSON.objectNode();
                ((Map<?, ?>) value).forEach((key, each) -> map.set(key.toString(), of(schema.getValueType(), each)));
                yield map;
            }
            case BYTES -> bytes(schema, ((ByteBuffer) value).array());
            case FIXED -> bytes(schema, ((GenericFixed) value).bytes());
            case INT, LONG -> number(schema.getLogicalType(), (Number) value);
            case FLOAT -> JSON.numberNode((Float) value);
            case DOUBLE -> JSON.numberNode((Double) value);
            case BOOLEAN -> JSON.booleanNode((Boolean) value);
            case NULL -> JSON.nullNode();
            case STRING, ENUM -> JSON.textNode(value.toString());
        };
    }

    /** Converts a number. Dates and times become strings in ISO 8601, the usual form in JSON; other numbers remain numbers. */
    private static JsonNode number(@Nullable LogicalType type, Number value) {
        long number = value.longValue();
        if (type instanceof LogicalTypes.Date) {
            return JSON.textNode(LocalDate.ofEpochDay(number).toString());
        }
        if (type instanceof LogicalTypes.TimeMillis || type instanceof LogicalTypes.TimeMicros) {
            long nanos = type instanceof LogicalTypes.TimeMillis ? number * 1_000_000 : number * 1_000;
            return JSON.textNode(LocalTime.ofNanoOfDay(nanos).toString());
        }
        if (type instanceof LogicalTypes.TimestampMillis || type instanceof LogicalTypes.LocalTimestampMillis) {
            return timestamp(type, MILLIS, Math.floorDiv(number, 1000L), (int) Math.floorMod(number, 1000L) * 1_000_000);
        }
        if (type instanceof LogicalTypes.TimestampMicros || type instanceof LogicalTypes.LocalTimestampMicros) {
            return timestamp(type, MICROS, Math.floorDiv(number, 1_000_000L), (int) Math.floorMod(number, 1_000_000L) * 1_000);
        }
        return value instanceof Integer ? JSON.numberNode((Integer) value) : JSON.numberNode(number);
    }

    private static JsonNode timestamp(LogicalType type, DateTimeFormatter format, long seconds, int nanos) {
        boolean local = type instanceof LogicalTypes.LocalTimestampMillis || type instanceof LogicalTypes.LocalTimestampMicros;
        return JSON.textNode(LocalDateTime.ofEpochSecond(seconds, nanos, ZoneOffset.UTC).format(format) + (local ? "" : "Z"));
    }

    private static ObjectNode object(Schema schema, IndexedRecord record) {
        ObjectNode object = JSON.objectNode();
        schema.getFields().forEach(field -> object.set(field.name(), of(field.schema(), record.get(field.pos()))));
        return object;
    }

    private static ArrayNode array(Schema schema, Collection<?> values) {
        ArrayNode array = JSON.arrayNode();
        values.forEach(each -> array.add(of(schema.getElementType(), each)));
        return array;
    }

    private static JsonNode bytes(Schema schema, byte[] bytes) {
        return schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
                ? JSON.numberNode(new BigDecimal(new BigInteger(bytes), decimal.getScale()))
                : JSON.binaryNode(bytes);
    }
}
