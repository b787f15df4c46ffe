package io.freshet.model.marginal;

import java.io.IOException;
import java.io.InputStream;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.freshet.model.ModelFileException;

/** Parses JSON into memory, within a memory limit: the two characters <code>{}</code> become a hundred bytes. */
public final class JsonTree {

    private JsonTree() {
    }

    /**
     * @param maxBytes the maximum memory of the tree
     * @throws ModelFileException if it needs more
     */
    public static JsonNode read(ObjectMapper mapper, InputStream in, long maxBytes) throws IOException {
        try (JsonParser parser = new Counting(mapper.getFactory().createParser(in), maxBytes)) {
            JsonNode tree = mapper.readTree(parser);
            return tree == null ? mapper.missingNode() : tree;
        }
    }

    /** Estimates the memory of the tree while it is parsed. */
    private static final class Counting extends JsonParserDelegate {

        private static final int OF_OBJECT = 104;
        private static final int OF_ARRAY = 80;
        private static final int OF_FIELD = 40;
        private static final int OF_TEXT = 72;
        private static final int OF_VALUE = 32;

        private long left;

        Counting(JsonParser parser, long max) {
            super(parser);
            left = max;
        }

        @Override
        public @Nullable JsonToken nextToken() throws IOException {
            JsonToken token = super.nextToken();
            left -= token == null ? 0 : bytes(token);
            if (left < 0) {
                throw new ModelFileException("it exceeds the memory limit for model files");
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
