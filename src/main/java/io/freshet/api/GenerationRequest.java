package io.freshet.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.freshet.model.ConditionParser;
import io.freshet.model.Conditions;
import io.freshet.table.JsonErrors;

/**
 * A message of a client to a socket, in either dialect.
 *
 * @param records the number of requested records
 * @param perMessage the number of records per message
 */
record GenerationRequest(Kind kind, long records, int perMessage, Optional<String> model, OptionalLong seed,
        Conditions conditions, boolean metadata) {

    private static final ObjectMapper MAPPER = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final String ACTIONS = "generate, stream, stats";
    private static final Set<String> OPTIONS = Set.of("action", "model", "seed", "conditions", "metadata");

    /** The requested operation and the dialect of the answer. */
    enum Kind {
        /** Messages with {@code records}, then one with a {@code status}. */
        RECORDS,
        /** One message with {@code data}. */
        DATA,
        /** Messages with {@code data}, one per batch, then one that reports completion. */
        BATCHES,
        /** Statistics. */
        STATS
    }

    /** Thrown when a request is rejected; the message is written for the client. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    /**
     * Returns whether a client waits for a message with a {@code status} after this message, served or not.
     *
     * @param message what the client sent, which may be anything
     */
    static boolean awaitsStatus(String message) {
        try {
            JsonNode json = MAPPER.readTree(message);
            return json.path("action").asText().equals("generate") && !json.has("n_samples");
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** @throws Refused if it is not a valid request of either dialect */
    static GenerationRequest parse(String message, ApiConfig limits) {
        JsonNode json;
        try {
            json = MAPPER.readTree(message);
        } catch (JsonProcessingException e) {
            throw new Refused("the message is not valid JSON: " + JsonErrors.reason(e));
        }
        if (!json.isObject() || !json.path("action").isTextual()) {
            throw new Refused("the message must be a JSON object with an action: one of " + ACTIONS);
        }
        String action = json.get("action").asText();
        long max = limits.maxRecordsPerSocketRequest();
        int maxPerMessage = limits.maxRecordsPerMessage();
        return switch (action) {
            case "generate" -> json.has("n_samples")
                    ? of(Kind.DATA, fields(json, "n_samples"), integer(json, "n_samples", 100, maxPerMessage), maxPerMessage)
                    : of(Kind.RECORDS, fields(json, "count", "batch_size"), integer(json, "count", 100, max),
                            (int) integer(json, "batch_size", 100, maxPerMessage));
            case "stream" -> {
                int size = (int) integer(json, "batch_size", 100, maxPerMessage);
                yield of(Kind.BATCHES, fields(json, "n_batches", "batch_size"),
                        integer(json, "n_batches", 10, max / size) * size, size);
            }
            case "stats" -> of(Kind.STATS, fields(json), 0, 1);
            default -> throw new Refused("unknown action " + action + "; expected one of " + ACTIONS);
        };
    }

    /**
     * @param own the fields of this kind of request, in addition to those of all requests
     * @return the request itself
     */
    private static JsonNode fields(JsonNode json, String... own) {
        Set<String> known = new TreeSet<>(OPTIONS);
        known.addAll(List.of(own));
        JsonFields.unknown(json, known).ifPresent(name -> {
            throw new Refused(JsonFields.complaint(name, known) + "; expected one of " + String.join(", ", known));
        });
        return json;
    }

    private static GenerationRequest of(Kind kind, JsonNode json, long records, int perMessage) {
        JsonNode model = json.get("model");
        if (model != null && !model.isTextual()) {
            throw new Refused("model must be text");
        }
        JsonNode metadata = json.get("metadata");
        if (metadata != null && !metadata.isBoolean()) {
            throw new Refused("metadata must be true or false");
        }
        JsonNode seed = json.get("seed");
        if (seed != null && !(seed.isIntegralNumber() && seed.canConvertToLong())) {
            throw new Refused("seed must be a whole number");
        }
        return new GenerationRequest(kind, records, perMessage, Optional.ofNullable(model).map(JsonNode::asText),
                seed == null ? OptionalLong.empty() : OptionalLong.of(seed.asLong()), conditions(json.get("conditions")),
                metadata == null || metadata.asBoolean());
    }

    private static long integer(JsonNode json, String field, long missing, long max) {
        JsonNode value = json.get(field);
        if (value == null) {
            return Math.min(missing, max);
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 1 || value.asLong() > max) {
            throw new Refused(field + " must be a whole number from 1 to " + max);
        }
        return value.asLong();
    }

    private static Conditions conditions(@Nullable JsonNode json) {
        if (json == null || json.isNull()) {
            return Conditions.none();
        }
        if (!json.isObject()) {
            throw new Refused("conditions must be an object: column to condition");
        }
        return ConditionParser.parse(MAPPER.convertValue(json, new TypeReference<Map<String, Object>>() {
        }));
    }
}
