package io.freshet.codec;

import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.Schema;

/** The JSON Schema (draft 7) of rows, with nested objects as {@link JsonLayout} arranges them. Every property is required. */
final class RegisteredJsonSchema {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String PROPERTIES = "properties";

    private RegisteredJsonSchema() {
    }

    static String of(Schema schema, boolean metadata, String name) {
        ObjectNode root = object().put("$schema", "http://json-schema.org/draft-07/schema#").put("title", name);
        for (Column column : schema.columns()) {
            if (column.isObject()) {
                ObjectNode at = at(root, column.path());
                if (column.nullable()) {
                    at.putArray("type").add("object").add("null");
                }
            } else {
                List<String> path = column.path();
                property(at(root, path.subList(0, path.size() - 1)), path.get(path.size() - 1), type(column));
            }
        }
        if (metadata) {
            property(root, BatchMetadata.GENERATED_AT, JSON.objectNode().put("type", "string").put("format", "date-time"));
            property(root, BatchMetadata.BATCH_ID, JSON.objectNode().put("type", "string"));
        }
        return root.toString();
    }

    private static ObjectNode object() {
        ObjectNode object = JSON.objectNode().put("type", "object");
        object.putObject(PROPERTIES);
        object.putArray("required");
        return object;
    }

    private static ObjectNode at(ObjectNode root, List<String> path) {
        ObjectNode object = root;
        for (String step : path) {
            ObjectNode properties = (ObjectNode) object.get(PROPERTIES);
            if (!properties.has(step)) {
                property(object, step, object());
            }
            object = (ObjectNode) properties.get(step);
        }
        return object;
    }

    private static void property(ObjectNode object, String name, ObjectNode type) {
        ((ObjectNode) object.get(PROPERTIES)).set(name, type);
        ((ArrayNode) object.get("required")).add(name);
    }

    private static ObjectNode type(Column column) {
        ObjectNode type = JSON.objectNode();
        if (column.type() instanceof ColumnType.Json) {
            return type;
        }
        String name = column.isArray() ? "array" : name(column);
        if (column.nullable() && !name.equals("null")) {
            type.putArray("type").add(name).add("null");
        } else {
            type.put("type", name);
        }
        return type;
    }

    private static String name(Column column) {
        boolean written = column.format() != null;
        return switch (BinaryKind.of(column.type())) {
            case LONG -> written ? "string" : "integer";
            case DECIMAL, DOUBLE -> written ? "string" : "number";
            case BOOL -> "boolean";
            case NOTHING -> "null";
            case DATE, TIME, TIMESTAMP, TIMESTAMP_MICROS, TEXT -> "string";
        };
    }
}
