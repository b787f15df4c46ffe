package io.freshet.codec;

import java.io.IOException;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.freshet.table.RecordSchema;

/** Encodes records that are nested maps in the schema that a model was declared with. */
interface RecordFormat {

    /**
     * Appends a record.
     *
     * @throws IllegalArgumentException if it does not fit the schema; the message names the field
     */
    void write(Map<String, @Nullable Object> record, RecordBytes into) throws IOException;

    static RecordFormat of(RecordSchema schema) {
        return schema.format().equals(RecordSchema.AVRO) ? AvroRecords.of(schema.text()) : ProtobufRecords.of(schema.text());
    }
}
