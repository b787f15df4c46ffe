package io.freshet.stream.definition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.freshet.event.Durations;

/**
 * A node of a definition that knows its path, so that every error message can name it. Field names may be written in camelCase
 * or snake_case: {@code batchSize} and {@code batch_size} are the same name.
 *
 * @param synonyms the alternative names under which fields were written, by the standard name
 */
public record DefinitionNode(String path, JsonNode json, Map<String, String> synonyms) {

    private static final String UNITS = "KMGT";
    private static final Pattern SIZE = Pattern.compile("([0-9]+)([KMGTkmgt]?)");
    private static final long MAX_BYTES = 1L << 60;
    private static final int MAX_DIGITS = 15;
    private static final Duration LONGEST = Duration.ofDays(3650);

    public DefinitionNode(String path, JsonNode json) {
        this(path, json, Map.of());
    }

    /** Checks that the node is an object with no other fields than these. */
    DefinitionNode object(String... known) {
        if (!json.isObject()) {
            throw wrong("must be an object with the fields " + String.join(", ", new TreeSet<>(List.of(known))));
        }
        Set<String> expected = Arrays.stream(known).map(DefinitionNode::camelCase).collect(Collectors.toSet());
        Set<String> seen = new HashSet<>();
        json.fieldNames().forEachRemaining(name -> {
            if (!expected.contains(camelCase(name))) {
                throw new DefinitionException(pathOf(name),
                        "is an unknown field; expected one of " + String.join(", ", new TreeSet<>(List.of(known))));
            }
            if (!seen.add(camelCase(name))) {
                throw new DefinitionException(pathOf(name), "is given twice, in camelCase and in snake_case");
            }
        });
        return this;
    }

    /**
     * Requires an object with one kind and settings.
     *
     * @param what how users call a kind
     * @param kinds the kinds that are suggested
     * @param known the kinds that are understood
     * @return the field that is the kind
     */
    String oneKind(String what, List<String> kinds, Collection<String> known, List<String> settings) {
        if (!json.isObject()) {
            throw wrong("must be an object with one " + what + ": " + String.join(", ", kinds));
        }
        List<String> found = known.stream().filter(json::has).toList();
        if (found.size() > 1) {
            throw wrong("has more than one " + what + ": " + String.join(", ", found) + "; write them as entries of their own");
        }
        if (found.isEmpty()) {
            Set<String> others = settings.stream().map(DefinitionNode::camelCase).collect(Collectors.toSet());
            for (String name : (Iterable<String>) json::fieldNames) {
                if (!others.contains(camelCase(name))) {
                    throw new DefinitionException(pathOf(name),
                            "is not a " + what + "; expected one of " + String.join(", ", kinds));
                }
            }
            throw wrong("must have exactly one " + what + ": " + String.join(", ", kinds));
        }
        object(Stream.concat(found.stream(), settings.stream()).toArray(String[]::new));
        return found.get(0);
    }

    private static String camelCase(String name) {
        if (name.indexOf('_') < 1) {
            return name;
        }
        StringBuilder camel = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            boolean joint = name.charAt(i) == '_' && i > 0 && i + 1 < name.length() && name.charAt(i + 1) != '_';
            camel.append(joint ? Character.toUpperCase(name.charAt(++i)) : name.charAt(i));
        }
        return camel.toString();
    }

    /** Returns how a field is spelled here, or the given spelling if it is absent. */
    private String spelled(String name) {
        if (json.has(name) || !json.isObject()) {
            return name;
        }
        for (String other : (Iterable<String>) json::fieldNames) {
            if (isSameName(other, name)) {
                return other;
            }
        }
        return name;
    }

    /** Returns whether the field is present; its value may be null. */
    boolean has(String name) {
        return json.has(spelled(name));
    }

    /** Returns whether two names differ at most in their spelling. */
    static boolean isSameName(String one, String other) {
        return camelCase(one).equals(camelCase(other));
    }

    /**
     * Returns the same node in which a duration in milliseconds, written under another name, has its standard name.
     *
     * @throws DefinitionException if both names are present, or the value is not a number
     */
    DefinitionNode millisSynonym(String other, String name) {
        Optional<DefinitionNode> millis = json.isObject() ? find(other) : Optional.empty();
        DefinitionNode renamed = synonym(other, name);
        millis.ifPresent(value -> ((ObjectNode) renamed.json).put(name, value.integer(0, Integer.MAX_VALUE) + "ms"));
        return renamed;
    }

    /**
     * Returns the same node in which a field that is written under another name has its standard name.
     *
     * @throws DefinitionException if both names are present
     */
    DefinitionNode synonym(String other, String name) {
        if (!json.isObject() || !has(other)) {
            return this;
        }
        if (has(name)) {
            throw new DefinitionException(pathOf(other), "means the same as " + name + "; give one of them");
        }
        ObjectNode renamed = json.deepCopy();
        Map<String, String> written = new HashMap<>(synonyms);
        written.put(name, spelled(other));
        renamed.set(name, renamed.remove(spelled(other)));
        return new DefinitionNode(path, renamed, written);
    }

    private String pathOf(String name) {
        String written = synonyms.getOrDefault(name, name);
        return path.isEmpty() ? written : path + "." + written;
    }

    DefinitionException wrong(String message) {
        return new DefinitionException(path, message);
    }

    Optional<DefinitionNode> find(String name) {
        String spelled = spelled(name);
        JsonNode child = json.get(spelled);
        return child == null || child.isNull() ? Optional.empty() : Optional.of(new DefinitionNode(pathOf(spelled), child));
    }

    DefinitionNode get(String name) {
        return find(name).orElseThrow(() -> new DefinitionException(pathOf(name), "is missing"));
    }

    DefinitionNode element(int index) {
        return new DefinitionNode(path + "[" + index + "]", json.get(index));
    }

    /** Returns a field that is present; its value may be null. */
    DefinitionNode member(String name) {
        return new DefinitionNode(pathOf(name), json.get(name));
    }

    /** Returns the node as an object with any fields. */
    JsonNode objectNode() {
        if (!json.isObject()) {
            throw wrong("must be an object");
        }
        return json;
    }

    /** Returns the elements of a non-empty list. */
    List<DefinitionNode> elements(String what) {
        if (!json.isArray() || json.isEmpty()) {
            throw wrong("must be a list of at least one of " + what);
        }
        return IntStream.range(0, json.size()).mapToObj(this::element).toList();
    }

    /** The name of the first field of an object that has some. */
    String firstField() {
        return json.fieldNames().next();
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

    /** Returns a string, a whole number, a decimal, a boolean or null. */
    @Nullable
    Object scalar() {
        if (json.isContainerNode()) {
            throw wrong("must be text, a number, true, false or null");
        }
        if (json.isNumber()) {
            return json.isIntegralNumber() && json.canConvertToLong() ? (Object) json.asLong() : (Object) json.asDouble();
        }
        return json.isBoolean() ? (Object) json.asBoolean() : json.textValue();
    }

    /** Returns a scalar or a list of scalars. */
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
            throw wrong("must be text");
        }
        return json.asText();
    }

    String oneOf(List<String> allowed) {
        if (!json.isTextual() || !allowed.contains(json.asText())) {
            throw wrong("must be one of " + String.join(", ", allowed));
        }
        return json.asText();
    }

    /** Returns one of the allowed values of a field; the first of them if the field is absent. */
    String oneOf(String name, List<String> allowed) {
        return find(name).map(node -> node.oneOf(allowed)).orElse(allowed.get(0));
    }

    /** Returns an object with the field {@code name} if the node is only a name; otherwise the node itself. */
    DefinitionNode named() {
        return json.isTextual() ? new DefinitionNode(path, JsonNodeFactory.instance.objectNode().set("name", json)) : this;
    }

    boolean flag() {
        if (!json.isBoolean()) {
            throw wrong("must be true or false");
        }
        return json.asBoolean();
    }

    long integer(long min, long max) {
        if (!json.isIntegralNumber() || !json.canConvertToLong() || json.asLong() < min || json.asLong() > max) {
            throw wrong("must be a whole number from " + min + " to " + max);
        }
        return json.asLong();
    }

    double number(double min, double max) {
        if (!json.isNumber() || !(json.asDouble() >= min && json.asDouble() <= max)) {
            throw wrong("must be a number from " + min + " to " + max);
        }
        return json.asDouble();
    }

    OptionalLong integer(String name, long min, long max) {
        return find(name).map(node -> OptionalLong.of(node.integer(min, max))).orElse(OptionalLong.empty());
    }

    /** Returns a number of bytes, written as a number or as a text such as {@code 500K}, {@code 100M}, {@code 2G}. */
    OptionalLong bytes() {
        Matcher size = SIZE.matcher(json.isIntegralNumber() ? json.asText() : json.isTextual() ? json.asText().strip() : "");
        if (!size.matches() || size.group(1).length() > MAX_DIGITS || Long.parseLong(size.group(1)) == 0) {
            throw wrong("must be a size: a number of bytes, or text such as 500K, 100M, 2G");
        }
        int unit = size.group(2).isEmpty() ? 0 : UNITS.indexOf(Character.toUpperCase(size.group(2).charAt(0))) + 1;
        return OptionalLong.of(Math.min(MAX_BYTES >> 10 * unit, Long.parseLong(size.group(1))) << 10 * unit);
    }

    /**
     * Returns a duration, written as seconds or as a text such as {@code 500ms}, {@code 10s}, {@code 5m}, {@code 3d}, {@code
     * PT1H}.
     */
    Duration duration() {
        if (json.isNumber() && json.asDouble() >= 0 && json.asDouble() <= LONGEST.toSeconds()) {
            return Duration.ofNanos((long) (json.asDouble() * 1e9));
        }
        Optional<Duration> duration = json.isTextual() ? Durations.parse(json.asText()) : Optional.empty();
        if (duration.isPresent() && duration.get().compareTo(LONGEST) <= 0) {
            return duration.get();
        }
        throw wrong("must be a duration: seconds as a number, or text such as 500ms, 10s, 5m, 3d, PT1H; at most ten years");
    }
}
