package io.freshet.source;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;

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

/** Avro values as JSON: as a person would write them, without the names of union branches. Decimals are numbers. */
final class AvroJson {

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
            case INT -> JSON.numberNode((Integer) value);
            case LONG -> JSON.numberNode((Long) value);
            case FLOAT -> JSON.numberNode((Float) value);
            case DOUBLE -> JSON.numberNode((Double) value);
            case BOOLEAN -> JSON.booleanNode((Boolean) value);
            case NULL -> JSON.nullNode();
            case STRING, ENUM -> JSON.textNode(value.toString());
        };
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
