package io.freshet.codec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/**
 * JSON whose texts already are arrays and are written unchanged. A text that is not an array, for example one generated from a
 * pattern of arrays that hardly ever repeat, is written as an array with this one text, so that consumers always receive an
 * array.
 */
enum JsonArrayDialect implements JsonTextDialect {

    ARRAYS;

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final byte FIRST_PRINTABLE = ' ';

    @Override
    public String text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return isArray(bytes, 0, bytes.length) ? value : "[" + JsonText.quoted(value) + "]";
    }

    @Override
    public int writeText(byte[] from, int start, int end, byte[] to, int at) {
        if (isArray(from, start, end)) {
            System.arraycopy(from, start, to, at, end - start);
            return at + end - start;
        }
        return writeText(new String(from, start, end - start, StandardCharsets.UTF_8), to, at);
    }

    /** Returns whether the bytes are exactly one array, on one line. */
    private static boolean isArray(byte[] bytes, int start, int end) {
        if (end == start || bytes[start] != '[') {
            return false;
        }
        for (int i = start; i < end; i++) {
            if (bytes[i] >= 0 && bytes[i] < FIRST_PRINTABLE) {
                return false;
            }
        }
        try (JsonParser parser = FACTORY.createParser(bytes, start, end - start)) {
            return parser.nextToken() == JsonToken.START_ARRAY && parser.skipChildren().currentToken() == JsonToken.END_ARRAY
                    && parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }
}
