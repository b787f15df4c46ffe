package io.freshet.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Turns the messages of a feed into records: JSON objects, each in one line. Thread-safe. */
final class FeedMessages {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    /**
     * A record.
     *
     * @param mark what is remembered of it to resume; empty for nothing
     */
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

    private final FeedFormat format;
    private final Optional<FeedResume> resume;

    FeedMessages(FeedFormat format, Optional<FeedResume> resume) {
        this.format = format;
        this.resume = resume;
    }

    /** The records of a text; empty if it is not what the feed is to send. */
    Optional<List<Item>> ofText(String message) {
        return switch (format) {
            case JSON -> json(message);
            case TEXT -> Optional.of(List.of(item(JSON.createObjectNode().put("text", message))));
            case BINARY -> Optional.empty();
        };
    }

    /** The records of some bytes; empty if they are not what the feed is to send. */
    Optional<List<Item>> ofBytes(byte[] message) {
        return switch (format) {
            case JSON -> json(new String(message, java.nio.charset.StandardCharsets.UTF_8));
            case TEXT -> Optional.empty();
            case BINARY -> Optional.of(List.of(item(JSON.createObjectNode().put("bytes", message))));
        };
    }

    private Optional<List<Item>> json(String message) {
        try {
            JsonNode tree = JSON.readTree(message);
            List<Item> items = new ArrayList<>();
            for (JsonNode record : tree.isArray() ? tree : List.of(tree)) {
                if (!record.isObject()) {
                    return Optional.empty();
                }
                items.add(item(record));
            }
            return Optional.of(items);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private Item item(JsonNode record) {
        try {
            return new Item(JSON.writeValueAsBytes(record), resume.map(known -> known.mark(record)).orElse(""));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
