package io.freshet.codec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.freshet.event.JsonEventBuffer;

/** Copies events that are already encoded as JSON, and inserts metadata before the last brace. */
final class WrittenJson {

    private static final JsonFactory JSON = new JsonFactory();

    private WrittenJson() {
    }

    static void encode(JsonEventBuffer events, @Nullable BatchMetadata metadata, EncodedRecords into) {
        into.clear(events.size());
        byte[] end = metadata == null ? new byte[0]
                : (",\"" + BatchMetadata.GENERATED_AT + "\":\"" + metadata.generatedAt() + "\",\"" + BatchMetadata.BATCH_ID
                        + "\":\"" + metadata.batchId() + "\"}").getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < events.size(); i++) {
            int start = events.start(i);
            int length = events.end(i) - start;
            byte[] to = into.reserve(0, (long) length + end.length);
            System.arraycopy(events.bytes(), start, to, into.used(), length);
            // an event that fault injection has corrupted is no longer an object and is left unchanged
            if (end.length > 0 && length > 2 && events.bytes()[start + length - 1] == '}') {
                System.arraycopy(end, 0, to, into.used() + length - 1, end.length);
                length += end.length - 1;
            }
            into.append(length);
        }
    }

    /** Returns the text of a top-level field, or null if it is missing. */
    static byte @Nullable [] field(JsonEventBuffer events, int event, String field) {
        try (JsonParser parser = JSON.createParser(events.bytes(), events.start(event),
                events.end(event) - events.start(event))) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    boolean found = parser.currentName().equals(field);
                    JsonToken value = parser.nextToken();
                    if (found && value.isScalarValue() && value != JsonToken.VALUE_NULL) {
                        return parser.getText().getBytes(StandardCharsets.UTF_8);
                    }
                    parser.skipChildren();
                }
            }
        } catch (IOException e) {
            // a broken event has no such field
        }
        return null;
    }
}
