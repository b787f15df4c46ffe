package io.freshet.model.declared;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Translates JSON Schemas of the drafts 4 to 2020-12. Keywords that restrict values in ways that no distribution follows, such
 * as {@code not} and {@code if}, become notices.
 */
final class JsonSchemaImport {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final Set<String> IGNORED = Set.of("not", "if", "then", "else", "dependentSchemas", "dependencies",
            "dependentRequired", "contains", "propertyNames", "unevaluatedProperties", "unevaluatedItems");
    private static final double NULLS = 0.1;
    private static final int MAX_DEPTH = 30;

    private final JsonNode root;
    private final Notes notes;
    private final SchemaMerge merge;
    /** The references that lead to the schema that is translated. */
    private final Deque<String> around = new ArrayDeque<>();
    private final JsonScalars scalars;

    private JsonSchemaImport(JsonNode root, Notes notes) {
        this.root = root;
        this.notes = notes;
        this.merge = new SchemaMerge(root);
        this.scalars = new JsonScalars(notes);
    }

    /** @throws DeclarationException if it is not a schema of objects */
    static ObjectNode declaration(String text, Notes notes) {
        JsonNode root;
        try {
            root = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new DeclarationException("the schema", "is not valid JSON: " + e.getOriginalMessage());
        }
        return new JsonSchemaImport(root, notes).declaration();
    }

    private ObjectNode declaration() {
        if (!root.isObject()) {
            throw new DeclarationException("the schema", "must be an object");
        }
        JsonNode top = merge.resolved(root);
        // an alternative of whole records: the first one
        ObjectNode value = value(top, "", "");
        if (value.has("one_of")) {
            notes.add("the schema", "describes several kinds of records, of which the first one is drawn.");
            value = (ObjectNode) value.get("one_of").get(0);
        }
        JsonNode fields = value.path("object");
        if (!fields.isObject() || fields.isEmpty()) {
            throw new DeclarationException("the schema", "must describe objects with properties");
        }
        ObjectNode declaration = JSON.objectNode();
        if (top.path("title").isTextual()) {
            declaration.put("name", top.get("title").asText());
        }
        declaration.set("columns", fields);
        return declaration;
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private ObjectNode value(JsonNode given, String name, String path) {
        String reference = given.path("$ref").asText("");
        if (!reference.isEmpty() && around.contains(reference) || around.size() > MAX_DEPTH) {
            throw new RecursionException(path);
        }
        around.push(reference);
        try {
            return translated(merge.resolved(given), name, path);
        } finally {
            around.pop();
        }
    }

    private ObjectNode translated(JsonNode schema, String name, String path) {
        IGNORED.stream().filter(schema::has).sorted()
                .forEach(keyword -> notes.add(path.isEmpty() ? "the schema" : path,
                        keyword + " is not understood and has no effect."));
        Optional<ObjectNode> options = alternatives(schema, name, path);
        if (options.isPresent()) {
            return options.get();
        }
        Set<String> types = types(schema);
        boolean nullable = types.remove("null") || schema.path("nullable").asBoolean() && !schema.has("enum");
        if (schema.has("const") || schema.has("enum")) {
            return scalars.listed(schema);
        }
        ObjectNode node = types.isEmpty() && nullable ? JSON.objectNode().putNull("constant")
                : types.size() == 1 ? typed(types.iterator().next(), schema, name, path) : several(types, schema, name, path);
        if (nullable && !types.isEmpty()) {
            node.put("nulls", NULLS);
        }
        return node;
    }

    private ObjectNode several(Set<String> types, JsonNode schema, String name, String path) {
        ObjectNode node = JSON.objectNode();
        ArrayNode options = node.putArray("one_of");
        types.forEach(type -> options.add(typed(type, schema, name, path)));
        return node;
    }

    /** Returns the types of a schema; guessed from its keywords if it names none. */
    private static Set<String> types(JsonNode schema) {
        Set<String> types = new LinkedHashSet<>();
        if (schema.path("type").isArray()) {
            schema.get("type").forEach(type -> types.add(type.asText()));
        } else if (schema.has("type")) {
            types.add(schema.get("type").asText());
        } else if (schema.has("properties") || schema.has("additionalProperties") || schema.has("patternProperties")) {
            types.add("object");
        } else if (schema.has("items") || schema.has("prefixItems")) {
            types.add("array");
        } else if (schema.has("minimum") || schema.has("maximum") || schema.has("multipleOf")) {
            types.add("number");
        } else {
            types.add("string");
        }
        if (types.contains("number")) {
            types.remove("integer");
        }
        return types;
    }

    /** Returns a choice among anyOf or oneOf; empty if there are none. */
    private Optional<ObjectNode> alternatives(JsonNode schema, String name, String path) {
        String keyword = schema.has("oneOf") ? "oneOf" : "anyOf";
        if (!schema.path(keyword).isArray() || schema.get(keyword).isEmpty()) {
            return Optional.empty();
        }
        ObjectNode base = ((ObjectNode) schema).deepCopy();
        base.remove(keyword);
        ObjectNode node = JSON.objectNode();
        ArrayNode options = node.putArray("one_of");
        boolean nullable = false;
        for (JsonNode option : schema.get(keyword)) {
            JsonNode whole = merge.both(base, option);
            if (types(merge.resolved(option)).equals(Set.of("null"))) {
                nullable = true;
                continue;
            }
            try {
                options.add(value(whole, name, path));
            } catch (RecursionException e) {
                notes.add(path, "contains itself, and is drawn without that.");
            }
        }
        if (options.isEmpty()) {
            throw new RecursionException(path);
        }
        ObjectNode result = options.size() == 1 ? (ObjectNode) options.get(0) : node;
        if (nullable) {
            result.put("nulls", NULLS);
        }
        return Optional.of(result);
    }

    private ObjectNode typed(String type, JsonNode schema, String name, String path) {
        return switch (type) {
            case "object" -> object(schema, name, path);
            case "array" -> array(schema, name, path);
            case "integer", "number" -> scalars.number(type.equals("integer"), schema, name, path);
            case "boolean" -> JSON.objectNode().put("boolean", 0.5);
            case "string" -> scalars.text(schema, name, path);
            case "null" -> JSON.objectNode().putNull("constant");
            default -> throw new DeclarationException(path, "has the unknown type " + type);
        };
    }

    private ObjectNode object(JsonNode schema, String name, String path) {
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(each -> required.add(each.asText()));
        ObjectNode fields = JSON.objectNode();
        schema.path("properties").fields().forEachRemaining(property -> {
            String inner = join(path, property.getKey());
            if (property.getValue().isBoolean() && !property.getValue().asBoolean()) {
                return;
            }
            try {
                fields.set(property.getKey(), value(property.getValue(), property.getKey(), inner));
            } catch (RecursionException e) {
                if (required.contains(property.getKey())) {
                    throw e;
                }
                notes.add(inner, "contains itself, and is left out.");
            }
        });
        required.stream().filter(each -> !fields.has(each) && !schema.path("properties").has(each)).sorted()
                .forEach(each -> fields.set(each, scalars.text(JSON.objectNode(), each, join(path, each))));
        if (fields.isEmpty()) {
            return map(schema, path);
        }
        return JSON.objectNode().set("object", fields);
    }

    /** An object without named properties is a map. */
    private ObjectNode map(JsonNode schema, String path) {
        JsonNode of = schema.path("additionalProperties");
        String pattern = schema.path("patternProperties").isObject() && !schema.get("patternProperties").isEmpty()
                ? schema.get("patternProperties").fieldNames().next()
                : "";
        if (!pattern.isEmpty()) {
            of = schema.get("patternProperties").get(pattern);
        }
        int min = schema.path("minProperties").asInt(0);
        int max = schema.path("maxProperties").asInt(Math.max(min, 3));
        ObjectNode node = JSON.objectNode();
        ObjectNode map = node.putObject("map");
        if (of.isBoolean() && !of.asBoolean() && pattern.isEmpty()) {
            max = min;
        }
        try {
            map.set("of", of.isObject() ? value(of, "value", path) : JSON.objectNode().put("meaning", "word"));
        } catch (RecursionException e) {
            notes.add(path, "contains itself, and is drawn empty.");
            map.putObject("of").put("meaning", "word");
            max = 0;
        }
        if (!pattern.isEmpty()) {
            map.set("keys", scalars.text(JSON.objectNode().put("pattern", pattern), "key", path));
        }
        map.put("min", min).put("max", max);
        return node;
    }

    private ObjectNode array(JsonNode schema, String name, String path) {
        JsonNode items = schema.path("items");
        JsonNode tuple = items.isArray() ? items : schema.path("prefixItems");
        if (tuple.isArray() && !tuple.isEmpty()) {
            notes.add(path, "lists a type for each element, of which only the first is drawn.");
            items = tuple.get(0);
        }
        int min = schema.path("minItems").asInt(0);
        int max = Math.min(schema.path("maxItems").asInt(Math.max(min, 3)), Math.max(min, 3));
        ObjectNode node = JSON.objectNode();
        ObjectNode array = node.putObject("array");
        try {
            array.set("of", items.isObject() ? value(items, name, path) : JSON.objectNode().put("meaning", "word"));
        } catch (RecursionException e) {
            if (min > 0) {
                throw e;
            }
            notes.add(path, "contains itself, and is drawn empty.");
            array.putObject("of").put("meaning", "word");
            max = 0;
        }
        if (items.isBoolean() && !items.asBoolean()) {
            max = min;
        }
        array.put("min", min).put("max", tuple.isArray() && !tuple.isEmpty() ? Math.max(min, 1) : max);
        return schema.path("uniqueItems").asBoolean() ? node.put("unique", true) : node;
    }

    /** Thrown where a schema contains itself, so that the place that can do without it leaves it out. */
    private static final class RecursionException extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        RecursionException(String path) {
            super(path + " contains itself without an end");
        }
    }
}
