package io.freshet.source.websocket;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.freshet.table.JsonErrors;

/** Converts the messages of a feed to records: JSON objects, one per line. Thread-safe. */
final class WebSocketMessages {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    /** @param mark what is remembered of the record in order to resume after it; empty for nothing */
    record Item(byte[] json, String mark) {
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    private final WebSocketFormat format;
    private final Optional<WebSocketResume> resume;

    WebSocketMessages(WebSocketFormat format, Optional<WebSocketResume> resume) {
        this.format = format;
        this.resume = resume;
    }

    /**
     * The contents of a message.
     *
     * @param garbage what could not be parsed
     */
    record Parsed(List<Item> items, List<Garbage> garbage) {
    }

    /** A message or element that does not have the expected format. */
    record Garbage(byte[] bytes, String reason) {
        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    Parsed ofText(String message) {
        return switch (format) {
            case JSON -> json(message);
            case TEXT -> new Parsed(List.of(item(JSON.createObjectNode().put("text", message))), List.of());
            case BINARY -> garbage(message.getBytes(StandardCharsets.UTF_8), "a text message in a binary feed");
        };
    }

    Parsed ofBytes(byte[] message) {
        return switch (format) {
            case JSON -> json(new String(message, StandardCharsets.UTF_8));
            case TEXT -> garbage(message, "a binary message in a text feed");
            case BINARY -> new Parsed(List.of(item(JSON.createObjectNode().put("bytes", message))), List.of());
        };
    }

    private static Parsed garbage(byte[] bytes, String reason) {
        return new Parsed(List.of(), List.of(new Garbage(bytes, reason)));
    }

    private Parsed json(String message) {
        JsonNode tree;
        try {
            tree = JSON.readTree(message);
        } catch (JsonProcessingException e) {
            return garbage(message.getBytes(StandardCharsets.UTF_8), "invalid JSON: " + JsonErrors.cause(e));
        }
        if (!tree.isObject() && !tree.isArray()) {
            return garbage(message.getBytes(StandardCharsets.UTF_8), "neither a JSON object nor an array of objects");
        }
        List<Item> items = new ArrayList<>();
        List<Garbage> garbage = new ArrayList<>();
        for (JsonNode record : tree.isArray() ? tree : List.of(tree)) {
            if (record.isObject()) {
                items.add(item(record));
            } else {
                garbage.add(new Garbage(record.toString().getBytes(StandardCharsets.UTF_8),
                        "an element of an array that is not an object"));
            }
        }
        return new Parsed(items, garbage);
    }

    private Item item(JsonNode record) {
        try {
            return new Item(JSON.writeValueAsBytes(record), resume.map(known -> known.mark(record)).orElse(""));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
