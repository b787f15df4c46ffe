package io.freshet.stream;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

/** A part of a definition that knows where it stands, so that every complaint can say so. */
record DefinitionNode(String path, JsonNode json) {

    private static final Duration LONGEST = Duration.ofDays(3650);

    /** An object with these fields and no others. */
    DefinitionNode object(String... known) {
        if (!json.isObject()) {
            throw wrong("must be an object with the fields " + String.join(", ", new TreeSet<>(List.of(known))));
        }
        json.fieldNames().forEachRemaining(name -> {
            if (!List.of(known).contains(name)) {
                throw new DefinitionException(pathOf(name),
                        "is no known field; there are " + String.join(", ", new TreeSet<>(List.of(known))));
            }
        });
        return this;
    }

    private String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    DefinitionException wrong(String message) {
        return new DefinitionException(path, message);
    }

    Optional<DefinitionNode> find(String name) {
        JsonNode child = json.get(name);
        return child == null || child.isNull() ? Optional.empty() : Optional.of(new DefinitionNode(pathOf(name), child));
    }

    DefinitionNode get(String name) {
        return find(name).orElseThrow(() -> new DefinitionException(pathOf(name), "is missing"));
    }

    DefinitionNode element(int index) {
        return new DefinitionNode(path + "[" + index + "]", json.get(index));
    }

    /** A field that is there, though it may be null. */
    DefinitionNode member(String name) {
        return new DefinitionNode(pathOf(name), json.get(name));
    }

    /** Any object. */
    JsonNode objectNode() {
        if (!json.isObject()) {
            throw wrong("must be an object");
        }
        return json;
    }

    /** The elements of a list that has some. */
    List<DefinitionNode> elements(String what) {
        if (!json.isArray() || json.isEmpty()) {
            throw wrong("must be a list of at least one of " + what);
        }
        return IntStream.range(0, json.size()).mapToObj(this::element).toList();
    }

    /** The fields of an object that has some, in their order. */
    Map<String, DefinitionNode> members(String what) {
        if (!json.isObject() || json.isEmpty()) {
            throw wrong("must be an object: " + what);
        }
        Map<String, DefinitionNode> members = new LinkedHashMap<>();
        json.fieldNames().forEachRemaining(name -> members.put(name, member(name)));
        return members;
    }

    String oneOf(String... allowed) {
        String text = text();
        if (!List.of(allowed).contains(text)) {
            throw wrong("must be one of " + String.join(", ", allowed));
        }
        return text;
    }

    /** A text, a whole number, a decimal, a boolean or null. */
    @Nullable
    Object scalar() {
        if (json.isContainerNode()) {
            throw wrong("must be a text, a number, true, false or null");
        }
        if (json.isNumber()) {
            return json.isIntegralNumber() && json.canConvertToLong() ? (Object) json.asLong() : (Object) json.asDouble();
        }
        return json.isBoolean() ? (Object) json.asBoolean() : json.textValue();
    }

    /** The same, or a list of such. */
    @Nullable
    Object value() {
        if (!json.isArray()) {
            return scalar();
        }
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = 0; i < json.size(); i++) {
            list.add(element(i).scalar());
        }
        return list;
    }

    String text() {
        if (!json.isTextual() || json.asText().isBlank()) {
            throw wrong("must be a text");
        }
        return json.asText();
    }

    String oneOf(List<String> allowed) {
        if (!json.isTextual() || !allowed.contains(json.asText())) {
            throw wrong("must be one of " + String.join(", ", allowed));
        }
        return json.asText();
    }

    /** One of the words that a field may be; the first of them where it is missing. */
    String oneOf(String name, List<String> allowed) {
        return find(name).map(node -> node.oneOf(allowed)).orElse(allowed.get(0));
    }

    boolean flag() {
        if (!json.isBoolean()) {
            throw wrong("must be true or false");
        }
        return json.asBoolean();
    }

    long integer(long least, long most) {
        if (!json.isIntegralNumber() || !json.canConvertToLong() || json.asLong() < least || json.asLong() > most) {
            throw wrong("must be a whole number from " + least + " to " + most);
        }
        return json.asLong();
    }

    double number(double least, double most) {
        if (!json.isNumber() || !(json.asDouble() >= least && json.asDouble() <= most)) {
            throw wrong("must be a number from " + least + " to " + most);
        }
        return json.asDouble();
    }

    OptionalLong integer(String name, long least, long most) {
        return find(name).map(node -> OptionalLong.of(node.integer(least, most))).orElse(OptionalLong.empty());
    }

    /** Seconds as a number, or a text such as {@code 500ms}, {@code 10s}, {@code 5m}, {@code 3d}, {@code PT1H}. */
    Duration duration() {
        if (json.isNumber() && json.asDouble() >= 0 && json.asDouble() <= LONGEST.toSeconds()) {
            return Duration.ofNanos((long) (json.asDouble() * 1e9));
        }
        String text = json.asText().strip().toUpperCase(Locale.ROOT);
        try {
            Duration duration = text.endsWith("MS") ? Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)))
                    : Duration.parse(text.startsWith("P") ? text : (text.endsWith("D") ? "P" : "PT") + text);
            if (json.isTextual() && !duration.isNegative() && duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
        } catch (DateTimeParseException | NumberFormatException e) {
            // falls through to the complaint
        }
        throw wrong("must be a duration: seconds as a number, or a text such as 500ms, 10s, 5m, 3d, PT1H; at most ten years");
    }
}
