package io.freshet.model.declared;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Translates the JSON Schemas of numbers and texts. */
final class JsonScalars {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String REGEX = "regex";
    private static final int MAX_TEXT = 1000;
    private static final Map<String, String> FORMATS = Map.ofEntries(Map.entry("uuid", "uuid"), Map.entry("email", "email"),
            Map.entry("idn-email", "email"), Map.entry("hostname", "hostname"), Map.entry("idn-hostname", "hostname"),
            Map.entry("ipv4", "ipv4"), Map.entry("ipv6", "ipv6"), Map.entry("uri", "url"), Map.entry("iri", "url"),
            Map.entry("url", "url"), Map.entry("uri-reference", "url"), Map.entry("phone", "phone"));

    private final Notes notes;

    JsonScalars(Notes notes) {
        this.notes = notes;
    }

    /** Translates a constant or an enumeration. */
    ObjectNode listed(JsonNode schema) {
        if (schema.has("const")) {
            return JSON.objectNode().set("constant", schema.get("const"));
        }
        ArrayNode values = JSON.arrayNode();
        int nulls = 0;
        boolean scalars = true;
        for (JsonNode value : schema.get("enum")) {
            nulls += value.isNull() ? 1 : 0;
            scalars &= value.isValueNode();
            if (!value.isNull()) {
                values.add(value);
            }
        }
        if (values.isEmpty()) {
            return JSON.objectNode().putNull("constant");
        }
        ObjectNode node = JSON.objectNode();
        if (scalars) {
            node.set("categories", values);
        } else {
            ArrayNode options = node.putArray("one_of");
            values.forEach(value -> options.addObject().set("constant", value));
        }
        return nulls > 0 ? node.put("nulls", Math.round(1e6 / (values.size() + 1)) / 1e6) : node;
    }

    ObjectNode number(boolean whole, JsonNode schema, String name, String path) {
        boolean bounded = schema.has("minimum") || schema.has("maximum") || schema.has("exclusiveMinimum")
                || schema.has("exclusiveMaximum") || schema.has("multipleOf");
        if (!bounded) {
            return whole ? NameGuess.whole(name, limit(schema)) : NameGuess.real(name);
        }
        int digits = whole ? 0 : digits(schema);
        BigDecimal unit = BigDecimal.ONE.movePointLeft(digits);
        BigDecimal min = bound(schema, "minimum", "exclusiveMinimum", unit);
        BigDecimal max = bound(schema, "maximum", "exclusiveMaximum", unit.negate());
        if (min == null) {
            min = max == null || max.signum() > 0 ? BigDecimal.ZERO : max.subtract(BigDecimal.valueOf(1000));
        }
        if (max == null) {
            max = min.add(BigDecimal.valueOf(1000)).max(multiple(schema));
        }
        ObjectNode node = JSON.objectNode();
        node.putObject("uniform").put("min", min.setScale(digits, RoundingMode.CEILING))
                .put("max", max.setScale(digits, RoundingMode.FLOOR));
        if (schema.has("multipleOf") && multiple(schema).signum() > 0) {
            node.put("multiple_of", multiple(schema));
        }
        return whole ? node.put("type", "integer") : node.put("digits", digits);
    }

    private static BigDecimal multiple(JsonNode schema) {
        return schema.path("multipleOf").decimalValue();
    }

    private static long limit(JsonNode schema) {
        return schema.path("format").asText().equals("int64") ? Long.MAX_VALUE : Integer.MAX_VALUE;
    }

    /** Returns as many digits as the keywords have, and at least two unless they are multiples of something. */
    private static int digits(JsonNode schema) {
        int shown = 0;
        for (String keyword : new String[] { "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf" }) {
            shown = Math.max(shown, schema.path(keyword).isNumber() ? schema.get(keyword).decimalValue().stripTrailingZeros()
                    .scale() : 0);
        }
        return Math.min(9, schema.has("multipleOf") ? shown : Math.max(2, shown));
    }

    /** Draft 4 writes exclusive bounds as booleans. */
    private static @Nullable BigDecimal bound(JsonNode schema, String inclusive, String exclusive,
            BigDecimal unit) {
        BigDecimal bound = schema.has(inclusive) ? schema.get(inclusive).decimalValue() : null;
        JsonNode other = schema.path(exclusive);
        if (other.isNumber()) {
            BigDecimal inside = other.decimalValue().add(unit);
            return bound == null ? inside : unit.signum() > 0 ? bound.max(inside) : bound.min(inside);
        }
        return bound != null && other.asBoolean() ? bound.add(unit) : bound;
    }

    ObjectNode text(JsonNode schema, String name, String path) {
        String format = schema.path("format").asText("");
        if (schema.path("pattern").isTextual()) {
            return lengths(pattern(schema.get("pattern").asText(), name, path), schema);
        }
        if (FORMATS.containsKey(format)) {
            return JSON.objectNode().put("meaning", FORMATS.get(format));
        }
        ObjectNode node = JSON.objectNode();
        switch (format) {
            case "date-time":
                node.putObject("datetime");
                return node;
            case "date", "time":
                node.putObject(format);
                return format.equals("date") ? node : node.put("format", "HH:mm:ss'Z'");
            case "duration":
                return node.put(REGEX, "PT[1-9][0-9]?M");
            case "byte", "binary":
                node.putObject("bytes").put("min", 1).put("max", 16);
                return node;
            case "json-pointer":
                return node.put(REGEX, "(/[a-z]{1,8}){1,3}");
            default:
                break;
        }
        if (schema.path("contentEncoding").asText().equals("base64")) {
            node.putObject("bytes").put("min", 1).put("max", 16);
            return node;
        }
        if (schema.path("examples").isArray() && !schema.get("examples").isEmpty()) {
            return node.set("categories", texts(schema.get("examples")));
        }
        return lengths(NameGuess.text(name), schema);
    }

    private static ArrayNode texts(JsonNode examples) {
        ArrayNode texts = JSON.arrayNode();
        examples.forEach(example -> texts.add(example.asText()));
        return texts;
    }

    private ObjectNode pattern(String pattern, String name, String path) {
        try {
            ExpressionParser.parse(pattern);
            return JSON.objectNode().put(REGEX, pattern);
        } catch (IllegalArgumentException e) {
            notes.add(path, "pattern has no effect: it " + e.getMessage() + ".");
            return NameGuess.text(name);
        }
    }

    /** A text that means something would be cut, so that short ones are drawn from letters. */
    private static ObjectNode lengths(ObjectNode node, JsonNode schema) {
        if (!schema.has("minLength") && !schema.has("maxLength")) {
            return node;
        }
        int min = schema.path("minLength").asInt(0);
        int max = Math.min(schema.path("maxLength").asInt(Math.max(min, MAX_TEXT)), Math.max(min, MAX_TEXT));
        if (node.has("datetime") || node.path("meaning").asText().equals("uuid") && max < 36) {
            return JSON.objectNode().put(REGEX,
                    "[a-z0-9]{" + Math.max(Math.min(1, max), min) + "," + Math.max(min, Math.min(max, 16))
                            + "}");
        }
        return node.put("min_length", min).put("max_length", max);
    }
}
