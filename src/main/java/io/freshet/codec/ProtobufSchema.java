package io.freshet.codec;

import java.util.List;

import io.freshet.table.Column;
import io.freshet.table.Schema;

/**
 * The Protocol Buffers schema (proto3) of rows: int64, double, bool, else string; fields are numbered by column, and those with
 * missing values are optional.
 */
final class ProtobufSchema {

    /** Of keys. */
    static final String KEY = "syntax = \"proto3\";\npackage freshet;\n\nmessage Key {\n  string key = 1;\n}\n";
    /** Numbers from here on belong to the language itself. */
    private static final int FIRST_RESERVED = 19_000;
    private static final int RESERVED = 1_000;

    private ProtobufSchema() {
    }

    static String of(Schema schema, boolean metadata, String name) {
        StringBuilder text = new StringBuilder("syntax = \"proto3\";\npackage freshet;\n\nmessage ")
                .append(FieldNames.identifier(name)).append(" {\n");
        List<String> names = FieldNames.of(schema);
        for (int c = 0; c < schema.size(); c++) {
            field(text, type(schema.column(c)), names.get(c), number(c), schema.column(c).nullable());
        }
        if (metadata) {
            field(text, "string", BatchMetadata.GENERATED_AT, number(schema.size()), false);
            field(text, "string", BatchMetadata.BATCH_ID, number(schema.size() + 1), false);
        }
        return text.append("}\n").toString();
    }

    /** The number of the field of a column. */
    static int number(int column) {
        return column + 1 < FIRST_RESERVED ? column + 1 : column + 1 + RESERVED;
    }

    private static void field(StringBuilder text, String type, String name, int number, boolean optional) {
        text.append("  ").append(optional ? "optional " : "").append(type).append(' ').append(name).append(" = ").append(number)
                .append(";\n");
    }

    private static String type(Column column) {
        return switch (BinaryColumn.kind(column.type())) {
            case LONG -> "int64";
            case DECIMAL, DOUBLE -> "double";
            case BOOL -> "bool";
            default -> "string";
        };
    }
}
