package io.freshet.codec;

import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.freshet.table.Column;
import io.freshet.table.Schema;

/**
 * The Avro schema of rows: long, decimal (bytes), double, boolean, else string; columns with missing values are unions with
 * null. A column whose name is no Avro name has another, and its own in {@code doc}.
 */
final class AvroSchema {

    /** Every scaled decimal of a column is below 2⁵³. */
    private static final int DECIMAL_PRECISION = 18;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private AvroSchema() {
    }

    static String of(Schema schema, boolean metadata, String name) {
        ObjectNode record = JSON.objectNode().put("type", "record").put("name", FieldNames.identifier(name)).put("namespace",
                "freshet");
        ArrayNode fields = record.putArray("fields");
        List<String> names = FieldNames.of(schema);
        for (int c = 0; c < schema.size(); c++) {
            fields.add(field(schema.column(c), names.get(c)));
        }
        if (metadata) {
            fields.addObject().put("name", BatchMetadata.GENERATED_AT).put("type", "string");
            fields.addObject().put("name", BatchMetadata.BATCH_ID).put("type", "string");
        }
        return record.toString();
    }

    private static ObjectNode field(Column column, String name) {
        ObjectNode field = JSON.objectNode().put("name", name);
        if (!name.equals(column.name())) {
            field.put("doc", column.name());
        }
        BinaryColumn.Kind kind = BinaryColumn.kind(column.type());
        if (kind == BinaryColumn.Kind.NOTHING) {
            field.put("type", "null").putNull("default");
        } else if (isUnion(column)) {
            addType(field.putArray("type").add("null"), column, kind);
            field.putNull("default");
        } else if (kind == BinaryColumn.Kind.DECIMAL) {
            field.set("type", decimal(column));
        } else {
            field.put("type", simple(kind));
        }
        return field;
    }

    /** Whether values may be missing. */
    static boolean isUnion(Column column) {
        return column.nullable() && BinaryColumn.kind(column.type()) != BinaryColumn.Kind.NOTHING;
    }

    private static void addType(ArrayNode union, Column column, BinaryColumn.Kind kind) {
        if (kind == BinaryColumn.Kind.DECIMAL) {
            union.add(decimal(column));
        } else {
            union.add(simple(kind));
        }
    }

    private static ObjectNode decimal(Column column) {
        return JSON.objectNode().put("type", "bytes").put("logicalType", "decimal").put("precision", DECIMAL_PRECISION)
                .put("scale", BinaryColumn.scale(column.type()));
    }

    private static String simple(BinaryColumn.Kind kind) {
        return switch (kind) {
            case LONG -> "long";
            case DOUBLE -> "double";
            case BOOL -> "boolean";
            default -> "string";
        };
    }
}
