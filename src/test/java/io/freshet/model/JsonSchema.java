package io.freshet.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

/** As much of JSON Schema as our own schemas use; what it does not know it refuses. */
record JsonSchema(JsonNode root) {

    private static final Set<String> NOTES = Set.of("$schema", "$defs", "title", "description", "format");

    /** What is wrong, by path; empty if nothing is. */
    List<String> complaints(JsonNode value) {
        List<String> complaints = new ArrayList<>();
        check(root, value, "", complaints);
        return complaints;
    }

    private void check(JsonNode schema, JsonNode value, String path, List<String> complaints) {
        schema.properties().forEach(rule -> {
            JsonNode wanted = rule.getValue();
            switch (rule.getKey()) {
                case "$ref" -> check(root.at(wanted.asText().substring(1)), value, path, complaints);
                case "type" -> require(isOfType(wanted, value), "is no " + wanted, path, complaints);
                case "const" -> require(wanted.equals(value), "is not " + wanted, path, complaints);
                case "enum" -> require(contains(wanted, value), "is none of " + wanted, path, complaints);
                case "minimum" -> require(!value.isNumber() || value.asDouble() >= wanted.asDouble(), "is small", path,
                        complaints);
                case "maximum" -> require(!value.isNumber() || value.asDouble() <= wanted.asDouble(), "is large", path,
                        complaints);
                case "required" -> wanted.forEach(
                        name -> require(value.has(name.asText()), "has no " + name, path, complaints));
                case "properties" -> wanted.properties().forEach(property -> {
                    if (value.has(property.getKey())) {
                        check(property.getValue(), value.get(property.getKey()), path + "/" + property.getKey(), complaints);
                    }
                });
                case "additionalProperties" -> value.fieldNames().forEachRemaining(
                        name -> require(schema.path("properties").has(name), "may have no " + name, path, complaints));
                case "items" -> value.forEach(item -> check(wanted, item, path + "/-", complaints));
                case "anyOf" -> require(any(wanted, value), "is none of what it may be", path, complaints);
                default -> require(NOTES.contains(rule.getKey()), "has the unknown rule " + rule.getKey(), path, complaints);
            }
        });
    }

    private static void require(boolean right, String complaint, String path, List<String> complaints) {
        if (!right) {
            complaints.add(path + " " + complaint);
        }
    }

    private boolean any(JsonNode schemas, JsonNode value) {
        return StreamSupport.stream(schemas.spliterator(), false).anyMatch(schema -> {
            List<String> complaints = new ArrayList<>();
            check(schema, value, "", complaints);
            return complaints.isEmpty();
        });
    }

    private static boolean contains(JsonNode array, JsonNode value) {
        return StreamSupport.stream(array.spliterator(), false).anyMatch(value::equals);
    }

    private static boolean isOfType(JsonNode types, JsonNode value) {
        return types.isArray() ? StreamSupport.stream(types.spliterator(), false).anyMatch(type -> isOfType(type, value))
                : switch (types.asText()) {
                    case "object" -> value.isObject();
                    case "array" -> value.isArray();
                    case "string" -> value.isTextual();
                    case "boolean" -> value.isBoolean();
                    case "number" -> value.isNumber();
                    case "integer" -> value.isIntegralNumber();
                    case "null" -> value.isNull();
                    default -> false;
                };
    }
}
