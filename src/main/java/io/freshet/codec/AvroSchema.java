package io.freshet.codec;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.Schema;

/**
 * The Avro schema of rows. The types are long, decimal (bytes), double, boolean, date, time-millis, timestamp-millis
 * (timestamp-micros for times with microseconds) and otherwise string; columns with missing values are unions with null. A
 * column whose name is not a valid Avro name gets another one and keeps its own in {@code doc}.
 */
final class AvroSchema {

    /** The scaled decimals of a column are all below 2⁵³. */
    private static final int DECIMAL_PRECISION = 18;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private AvroSchema() {
    }

    /** The columns of nested objects are left out, because the values in a missing object are missing too. */
    static String of(Schema schema, boolean metadata, String name) {
        ObjectNode record = JSON.objectNode().put("type", "record").put("name", FieldNames.identifier(name)).put("namespace",
                "freshet");
        ArrayNode fields = record.putArray("fields");
        List<String> names = FieldNames.of(schema, metadata);
        for (int c = 0; c < schema.size(); c++) {
            if (!schema.column(c).isObject()) {
                fields.add(field(schema.column(c), names.get(c)));
            }
        }
        if (metadata) {
            fields.addObject().put("name", BatchMetadata.GENERATED_AT).set("type", logical("long", "timestamp-millis"));
            fields.addObject().put("name", BatchMetadata.BATCH_ID).put("type", "string");
        }
        return record.toString();
    }

    private static ObjectNode field(Column column, String name) {
        ObjectNode field = JSON.objectNode().put("name", name);
        if (!name.equals(column.name())) {
            field.put("doc", column.name());
        }
        if (isUnion(column)) {
            field.putArray("type").add("null").add(type(column.type()));
        } else {
            field.set("type", type(column.type()));
        }
        return column.nullable() ? field.putNull("default") : field;
    }

    /** Returns whether the column's type is a union with null. */
    static boolean isUnion(Column column) {
        return column.nullable() && BinaryKind.of(column.type()) != BinaryKind.NOTHING;
    }

    private static JsonNode type(ColumnType type) {
        return switch (BinaryKind.of(type)) {
            case LONG -> JSON.textNode("long");
            case DOUBLE -> JSON.textNode("double");
            case BOOL -> JSON.textNode("boolean");
            case DECIMAL ->
                logical("bytes", "decimal").put("precision", DECIMAL_PRECISION).put("scale", BinaryKind.scale(type));
            case DATE -> logical("int", "date");
            case TIME -> logical("int", "time-millis");
            case TIMESTAMP -> logical("long", "timestamp-millis");
            case TIMESTAMP_MICROS -> logical("long", "timestamp-micros");
            case NOTHING -> JSON.textNode("null");
            case TEXT -> JSON.textNode("string");
        };
    }

    private static ObjectNode logical(String type, String logicalType) {
        return JSON.objectNode().put("type", type).put("logicalType", logicalType);
    }
}
