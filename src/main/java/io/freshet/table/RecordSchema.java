package io.freshet.table;

/**
 * The schema that records had before they became columns.
 *
 * @param format avro, protobuf or json_schema
 * @param text the schema as it was given
 */
public record RecordSchema(String format, String text) {

    public static final String AVRO = "avro";
    public static final String PROTOBUF = "protobuf";
    public static final String JSON_SCHEMA = "json_schema";
}
