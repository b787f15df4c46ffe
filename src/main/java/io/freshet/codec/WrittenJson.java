package io.freshet.codec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.freshet.event.WrittenEvents;

/** Events that are JSON already: copied, with metadata put in before the last brace. */
final class WrittenJson {

    private static final JsonFactory JSON = new JsonFactory();

    private WrittenJson() {
    }

    static void encode(WrittenEvents events, @Nullable BatchMetadata metadata, EncodedRecords into) {
        into.clear(events.size());
        byte[] end = metadata == null ? new byte[0]
                : (",\"" + BatchMetadata.GENERATED_AT + "\":\"" + metadata.generatedAt() + "\",\"" + BatchMetadata.BATCH_ID
                        + "\":\"" + metadata.batchId() + "\"}").getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < events.size(); i++) {
            int start = events.start(i);
            int length = events.end(i) - start;
            byte[] to = into.reserve(0, (long) length + end.length);
            System.arraycopy(events.bytes(), start, to, into.used(), length);
            // what is no object any more, because somebody wants it broken, is left as it is
            if (end.length > 0 && length > 2 && events.bytes()[start + length - 1] == '}') {
                System.arraycopy(end, 0, to, into.used() + length - 1, end.length);
                length += end.length - 1;
            }
            into.append(length);
        }
    }

    /** The text of a field at the top of the object, or else the event's own key. */
    static byte @Nullable [] key(WrittenEvents events, int event, String field) {
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
            // a broken event has its own key
        }
        return events.key(event);
    }
}
