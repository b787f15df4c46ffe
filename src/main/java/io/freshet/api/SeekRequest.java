package io.freshet.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import io.freshet.source.Seek;

/** Parses where a stream is to continue in its topic. */
final class SeekRequest {

    static final List<String> FIELDS = List.of("to");
    private static final List<String> ALLOWED = List.of("beginning", "end", "a timestamp such as 2026-03-18T00:00:00Z",
            "milliseconds since 1970", "an object of offsets by partition, such as {\"0\": 4711}");

    private SeekRequest() {
    }

    /** @throws ProblemException if it is invalid */
    static Seek parse(JsonNode request) {
        JsonNode to = request.get("to");
        if (to == null) {
            throw refused("is missing");
        }
        if (to.isIntegralNumber() && to.canConvertToLong() && to.asLong() >= 0) {
            return new Seek.Moment(Instant.ofEpochMilli(to.asLong()));
        }
        if (to.isObject() && !to.isEmpty()) {
            return offsets(to);
        }
        return switch (to.asText()) {
            case "beginning" -> new Seek.Beginning();
            case "end" -> new Seek.End();
            default -> moment(to.asText());
        };
    }

    private static Seek moment(String text) {
        try {
            return new Seek.Moment(Instant.parse(text));
        } catch (DateTimeException e) {
            throw refused("cannot be " + (text.isEmpty() ? "that" : text));
        }
    }

    private static Seek offsets(JsonNode object) {
        Map<Integer, Long> offsets = new HashMap<>();
        object.properties().forEach(entry -> {
            JsonNode offset = entry.getValue();
            if (!entry.getKey().matches("\\d{1,7}") || !offset.isIntegralNumber() || !offset.canConvertToLong()
                    || offset.asLong() < 0) {
                throw refused("has a partition or an offset that is not a whole number of at least 0: " + entry.getKey());
            }
            offsets.put(Integer.valueOf(entry.getKey()), offset.asLong());
        });
        return new Seek.Offsets(offsets);
    }

    private static ProblemException refused(String what) {
        return new ProblemException(Problem.of(422, "to", "to " + what).allowing(ALLOWED));
    }
}
