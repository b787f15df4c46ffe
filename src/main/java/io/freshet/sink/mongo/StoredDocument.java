package io.freshet.sink.mongo;

import java.time.Instant;

import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

/** Converts a document of {@link RecordDocuments} back to JSON. */
final class StoredDocument {

    /** Writes all kinds of numbers of MongoDB as plain JSON numbers. */
    private static final JsonWriterSettings PLAIN = JsonWriterSettings.builder().outputMode(JsonMode.RELAXED)
            .int64Converter((value, writer) -> writer.writeNumber(Long.toString(value)))
            .decimal128Converter((value, writer) -> writer.writeNumber(value.bigDecimalValue().toString())).build();

    private StoredDocument() {
    }

    /** Returns the record's position, its time, and the record itself, or its text if it was not JSON. */
    static String json(RawBsonDocument kept) {
        String content = kept.containsKey("record") ? "record" : "text";
        // the writer only writes whole documents, so the closing brace is that of the result
        String record = new BsonDocument(content, kept.get(content)).toJson(PLAIN);
        return "{\"position\":" + kept.getInt64("position").getValue() + ",\"time\":\""
                + Instant.ofEpochMilli(kept.getDateTime("time").getValue()) + "\"," + record.substring(1);
    }
}
