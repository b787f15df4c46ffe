package io.freshet.codec;

import java.util.List;
import java.util.Locale;

import io.freshet.table.Column;
import io.freshet.table.Schema;

/**
 * The Protocol Buffers schema (proto3) of rows. The types are int64, double, bool, int32 in milliseconds for times of day,
 * {@code google.protobuf.Timestamp} for instants and dates (midnight UTC) and otherwise string. Fields are numbered by column,
 * and those with missing values are optional.
 */
final class ProtobufSchema {

    private static final String SYNTAX = "syntax = \"proto3\";\npackage freshet;\n\n";
    private static final String IMPORT = "import \"google/protobuf/timestamp.proto\";\n\n";
    /** The leading dot prevents a message or field of the schema from being taken for this package. */
    private static final String TIMESTAMP = ".google.protobuf.Timestamp";
    /** The field numbers from here on are reserved by the language. */
    private static final int FIRST_RESERVED = 19_000;
    private static final int RESERVED = 1_000;

    private final StringBuilder fields = new StringBuilder();

    private ProtobufSchema() {
    }

    /** Returns the schema of keys. */
    static String key(boolean wholeNumber) {
        return SYNTAX + "message Key {\n  " + (wholeNumber ? "int64" : "string") + " key = 1;\n}\n";
    }

    static String of(Schema schema, boolean metadata, String name) {
        List<String> names = FieldNames.of(schema, metadata, ProtobufSchema::jsonKey);
        ProtobufSchema message = new ProtobufSchema();
        for (int c = 0; c < schema.size(); c++) {
            if (!schema.column(c).isObject()) {
                message.add(schema.column(c), names.get(c), number(c));
            }
        }
        if (metadata) {
            message.add("", TIMESTAMP, BatchMetadata.GENERATED_AT, number(schema.size()));
            message.add("", "string", BatchMetadata.BATCH_ID, number(schema.size() + 1));
        }
        return SYNTAX + (message.fields.indexOf(TIMESTAMP) < 0 ? "" : IMPORT) + "message " + FieldNames.identifier(name)
                + " {\n"
                + message.fields + "}\n";
    }

    /** Returns the field number of a column. */
    static int number(int column) {
        return column + 1 < FIRST_RESERVED ? column + 1 : column + 1 + RESERVED;
    }

    /**
     * Returns the form in which compilers compare field names before they reject two fields as duplicates: all of them compare
     * JSON names, which have no underscores, and some ignore case. An explicit JSON name of a field does not change that.
     */
    private static String jsonKey(String field) {
        return field.replace("_", "").toLowerCase(Locale.ROOT);
    }

    private void add(Column column, String name, int number) {
        add(column.nullable() ? "optional " : "", type(column), name, number);
        if (!name.equals(column.name())) {
            fields.insert(fields.length() - 1, " // " + JsonText.quoted(column.name()));
        }
    }

    private void add(String label, String type, String name, int number) {
        fields.append("  ").append(label).append(type).append(' ').append(name).append(" = ").append(number).append(";\n");
    }

    private static String type(Column column) {
        return switch (BinaryKind.of(column.type())) {
            case LONG -> "int64";
            case DECIMAL, DOUBLE -> "double";
            case BOOL -> "bool";
            case TIME -> "int32";
            case DATE, TIMESTAMP, TIMESTAMP_MICROS -> TIMESTAMP;
            case TEXT, NOTHING -> "string";
        };
    }
}
