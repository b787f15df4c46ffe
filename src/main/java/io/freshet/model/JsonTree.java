package io.freshet.model;

import java.io.IOException;
import java.io.InputStream;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Reads JSON into memory, unless it would take too much of that: two characters, <code>{}</code>, become a hundred bytes.
 */
final class JsonTree {

    private JsonTree() {
    }

    /**
     * @param mostBytes that the tree may take
     * @throws ModelFileException if it takes more
     */
    static JsonNode read(ObjectMapper mapper, InputStream in, long mostBytes) throws IOException {
        try (JsonParser parser = new Counting(mapper.getFactory().createParser(in), mostBytes)) {
            JsonNode tree = mapper.readTree(parser);
            return tree == null ? mapper.missingNode() : tree;
        }
    }

    /** Counts what the tree of what it has parsed takes. */
    private static final class Counting extends JsonParserDelegate {

        private static final int OF_OBJECT = 104;
        private static final int OF_ARRAY = 80;
        private static final int OF_FIELD = 40;
        private static final int OF_TEXT = 72;
        private static final int OF_VALUE = 32;

        private long left;

        Counting(JsonParser parser, long most) {
            super(parser);
            left = most;
        }

        @Override
        public @Nullable JsonToken nextToken() throws IOException {
            JsonToken token = super.nextToken();
            left -= token == null ? 0 : bytes(token);
            if (left < 0) {
                throw new ModelFileException("it needs more memory than there is for it");
            }
            return token;
        }

        @Override
        public @Nullable String nextFieldName() throws IOException {
            return nextToken() == JsonToken.FIELD_NAME ? currentName() : null;
        }

        private long bytes(JsonToken token) throws IOException {
            return switch (token) {
                case START_OBJECT -> OF_OBJECT;
                case START_ARRAY -> OF_ARRAY;
                case FIELD_NAME -> OF_FIELD;
                case VALUE_STRING -> OF_TEXT + 2L * getTextLength();
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> OF_VALUE;
                default -> 0;
            };
        }
    }
}
