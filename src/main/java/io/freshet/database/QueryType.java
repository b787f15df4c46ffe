package io.freshet.database;

import java.util.Locale;

import io.freshet.parquet.RowReceiver;

/** How the values of a PostgreSQL type are read from the texts in which the database sends them. */
enum QueryType {

    TEXT(RowReceiver.ValueKind.TEXT),
    NUMBER(RowReceiver.ValueKind.NUMBER),
    BOOLEAN(RowReceiver.ValueKind.BOOLEAN),
    DATE(RowReceiver.ValueKind.TIME),
    TIMESTAMP(RowReceiver.ValueKind.TIME),
    INSTANT(RowReceiver.ValueKind.TIME),
    JSON(RowReceiver.ValueKind.JSON),
    NUMBERS(RowReceiver.ValueKind.JSON),
    BOOLEANS(RowReceiver.ValueKind.JSON),
    TEXTS(RowReceiver.ValueKind.JSON);

    private static final String UTC = "+00";

    private final RowReceiver.ValueKind kind;

    QueryType(RowReceiver.ValueKind kind) {
        this.kind = kind;
    }

    /**
     * Returns how a type is read.
     *
     * @param type the name of the type as the driver gives it
     * @param column the name of the column, for messages
     * @throws DatabaseException if values of the type cannot be read
     */
    static QueryType of(String type, String column) {
        String name = type.toLowerCase(Locale.ROOT);
        if (name.startsWith("_")) {
            QueryType element = of(name.substring(1), column);
            return element == NUMBER ? NUMBERS : element == BOOLEAN ? BOOLEANS : TEXTS;
        }
        return switch (name) {
            case "int2", "int4", "int8", "float4", "float8", "numeric", "oid", "serial", "bigserial", "smallserial" -> NUMBER;
            case "bool" -> BOOLEAN;
            case "date", "time" -> DATE;
            case "timestamp" -> TIMESTAMP;
            case "timestamptz" -> INSTANT;
            case "json", "jsonb" -> JSON;
            case "bytea" -> throw new DatabaseException(
                    "the column " + column + " of the query holds bytes; leave it out, or convert it with encode(…)");
            default -> TEXT;
        };
    }

    RowReceiver.ValueKind kind() {
        return kind;
    }

    /** Converts the text of a value to the notation of CSV and JSON; to an empty text if the value counts as missing. */
    String convert(String text) {
        if ((this == DATE || this == TIMESTAMP || this == INSTANT) && text.endsWith("infinity")) {
            return "";
        }
        return switch (this) {
            case BOOLEAN -> text.equals("t") ? "true" : "false";
            case INSTANT -> text.endsWith(UTC)
                    ? text.substring(0, text.length() - UTC.length()).replace(' ', 'T') + 'Z'
                    : text;
            case NUMBERS, BOOLEANS, TEXTS -> ArrayText.toJson(text, this);
            default -> text;
        };
    }
}
