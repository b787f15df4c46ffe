package io.freshet.sink;

import java.time.Instant;

import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

/** A document of {@link RecordDocuments}, as JSON again. */
final class KeptDocument {

    /** Plain numbers, whatever MongoDB calls them. */
    private static final JsonWriterSettings PLAIN = JsonWriterSettings.builder().outputMode(JsonMode.RELAXED)
            .int64Converter((value, writer) -> writer.writeNumber(Long.toString(value)))
            .decimal128Converter((value, writer) -> writer.writeNumber(value.bigDecimalValue().toString())).build();

    private KeptDocument() {
    }

    /** Its position, its time, and the record, or its text where it was no JSON. */
    static String json(RawBsonDocument kept) {
        String content = kept.containsKey("record") ? "record" : "text";
        // the writer writes whole documents only: its closing brace is ours
        String record = new BsonDocument(content, kept.get(content)).toJson(PLAIN);
        return "{\"position\":" + kept.getInt64("position").getValue() + ",\"time\":\""
                + Instant.ofEpochMilli(kept.getDateTime("time").getValue()) + "\"," + record.substring(1);
    }
}
