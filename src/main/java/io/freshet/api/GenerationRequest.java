package io.freshet.api;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.freshet.model.ConditionParser;
import io.freshet.model.Conditions;

/**
 * A message of a client at a socket, in either dialect.
 *
 * @param records how many records are wanted
 * @param perMessage how many of them share a message
 */
record GenerationRequest(Kind kind, long records, int perMessage, Optional<String> model, OptionalLong seed,
        Conditions conditions, boolean metadata) {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String ACTIONS = "generate, stream, stats";

    /** What is wanted, and in which dialect. */
    enum Kind {
        /** Messages of {@code records}, then one with a {@code status}. */
        RECORDS,
        /** One message of {@code data}. */
        DATA,
        /** Messages of {@code data}, one a batch, then one that says complete. */
        BATCHES,
        /** Statistics. */
        STATS
    }

    /** A request that cannot be served; the message is for the client. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    /**
     * @throws Refused if it is no request of either dialect
     */
    static GenerationRequest parse(String message, ApiConfig limits) {
        JsonNode json;
        try {
            json = MAPPER.readTree(message);
        } catch (JsonProcessingException e) {
            throw new Refused("the message is no JSON: " + e.getOriginalMessage());
        }
        if (!json.isObject() || !json.path("action").isTextual()) {
            throw new Refused("the message must be a JSON object with an action: one of " + ACTIONS);
        }
        String action = json.get("action").asText();
        long most = limits.maxRecordsPerSocketRequest();
        int mostPerMessage = limits.maxRecordsPerMessage();
        return switch (action) {
            case "generate" -> json.has("n_samples")
                    ? of(Kind.DATA, integer(json, "n_samples", 100, mostPerMessage), mostPerMessage, json)
                    : of(Kind.RECORDS, integer(json, "count", 100, most),
                            (int) integer(json, "batch_size", 100, mostPerMessage),
                            json);
            case "stream" -> {
                int size = (int) integer(json, "batch_size", 100, mostPerMessage);
                yield of(Kind.BATCHES, integer(json, "n_batches", 10, most / size) * size, size, json);
            }
            case "stats" -> of(Kind.STATS, 0, 1, json);
            default -> throw new Refused("there is no action " + action + "; there are " + ACTIONS);
        };
    }

    private static GenerationRequest of(Kind kind, long records, int perMessage, JsonNode json) {
        Optional<String> model = Optional.ofNullable(json.get("model")).map(JsonNode::asText);
        JsonNode seed = json.get("seed");
        if (seed != null && !seed.canConvertToLong()) {
            throw new Refused("seed must be a whole number");
        }
        return new GenerationRequest(kind, records, perMessage, model,
                seed == null ? OptionalLong.empty() : OptionalLong.of(seed.asLong()), conditions(json.get("conditions")),
                json.path("metadata").asBoolean(true));
    }

    private static long integer(JsonNode json, String field, long missing, long most) {
        JsonNode value = json.get(field);
        if (value == null) {
            return Math.min(missing, most);
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 1 || value.asLong() > most) {
            throw new Refused(field + " must be a whole number from 1 to " + most);
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
