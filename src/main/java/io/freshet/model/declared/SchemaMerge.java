package io.freshet.model.declared;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Resolves references and conjunctions of a JSON Schema: {@code $ref}, {@code allOf}. */
final class SchemaMerge {

    private static final int MAX_DEPTH = 50;
    private final JsonNode root;

    SchemaMerge(JsonNode root) {
        this.root = root;
    }

    /**
     * Returns a schema without a reference or a conjunction at its top.
     *
     * @throws DeclarationException if a reference leads nowhere, or out of the document
     */
    JsonNode resolved(JsonNode schema) {
        return resolved(schema, 0);
    }

    private JsonNode resolved(JsonNode schema, int depth) {
        if (!schema.isObject()) {
            return JsonNodeFactory.instance.objectNode();
        }
        if (depth > MAX_DEPTH) {
            throw new DeclarationException("the schema", "refers to itself in a circle");
        }
        JsonNode result = schema;
        if (schema.path("$ref").isTextual()) {
            ObjectNode rest = ((ObjectNode) schema).deepCopy();
            rest.remove("$ref");
            result = both(resolved(target(schema.get("$ref").asText()), depth + 1), rest);
        }
        if (result.path("allOf").isArray()) {
            ObjectNode rest = ((ObjectNode) result).deepCopy();
            rest.remove("allOf");
            JsonNode merged = rest;
            for (JsonNode part : result.get("allOf")) {
                merged = both(merged, resolved(part, depth + 1));
            }
            result = merged;
        }
        return result;
    }

    private JsonNode target(String reference) {
        if (reference.equals("#")) {
            return root;
        }
        int fragment = reference.indexOf('#');
        String id = root.path("$id").asText(root.path("id").asText());
        String document = fragment < 0 ? reference : reference.substring(0, fragment);
        if (!document.isEmpty() && !document.equals(id) && !id.endsWith("/" + document)) {
            JsonNode embedded = embedded(document);
            if (embedded != null && fragment < 0) {
                return embedded;
            }
            throw new DeclarationException("the schema", "refers to another document, " + reference
                    + ", which is not read; put it into $defs");
        }
        JsonNode found = fragment < 0 ? root : root.at(pointer(reference.substring(fragment + 1)));
        if (found.isMissingNode()) {
            found = anchored(reference.substring(fragment + 1));
        }
        if (found.isMissingNode()) {
            throw new DeclarationException("the schema", "refers to " + reference + ", which it does not have");
        }
        return found;
    }

    private static String pointer(String fragment) {
        return fragment.isEmpty() || fragment.startsWith("/")
                ? URLDecoder.decode(fragment.replace("+", "%2B"), StandardCharsets.UTF_8)
                : "/$defs/" + fragment;
    }

    private JsonNode anchored(String name) {
        for (String defs : new String[] { "$defs", "definitions" }) {
            for (JsonNode each : root.path(defs)) {
                if (each.path("$anchor").asText().equals(name) || each.path("$id").asText().equals("#" + name)) {
                    return each;
                }
            }
        }
        return MissingNode.getInstance();
    }

    private @Nullable JsonNode embedded(String id) {
        for (String defs : new String[] { "$defs", "definitions" }) {
            for (JsonNode each : root.path(defs)) {
                String own = each.path("$id").asText(each.path("id").asText());
                if (!own.isEmpty() && (own.equals(id) || own.endsWith("/" + id) || id.endsWith(own))) {
                    return each;
                }
            }
        }
        return null;
    }

    /** Returns a schema for values that satisfy both; where both have a keyword that cannot be combined, the second counts. */
    JsonNode both(JsonNode first, JsonNode second) {
        if (!second.isObject()) {
            return first;
        }
        ObjectNode merged = ((ObjectNode) first).deepCopy();
        second.fields().forEachRemaining(entry -> merged.set(entry.getKey(),
                combined(entry.getKey(), merged.get(entry.getKey()), entry.getValue())));
        return merged;
    }

    private JsonNode combined(String keyword, @Nullable JsonNode first, JsonNode second) {
        if (first == null) {
            return second;
        }
        return switch (keyword) {
            case "properties", "patternProperties", "$defs", "definitions" -> properties(first, second);
            case "required" -> union(first, second);
            case "minimum", "minLength", "minItems", "minProperties" ->
                first.decimalValue().compareTo(second.decimalValue()) >= 0 ? first : second;
            case "maximum", "maxLength", "maxItems", "maxProperties" ->
                first.decimalValue().compareTo(second.decimalValue()) <= 0 ? first : second;
            case "allOf" -> ((ArrayNode) first.deepCopy()).addAll((ArrayNode) second);
            default -> second;
        };
    }

    private JsonNode properties(JsonNode first, JsonNode second) {
        ObjectNode merged = ((ObjectNode) first).deepCopy();
        second.fields().forEachRemaining(entry -> {
            JsonNode known = merged.get(entry.getKey());
            boolean merge = known != null && known.isObject() && entry.getValue().isObject();
            merged.set(entry.getKey(), merge ? both(resolved(known), resolved(entry.getValue())) : entry.getValue());
        });
        return merged;
    }

    private static ArrayNode union(JsonNode first, JsonNode second) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        Set<JsonNode> known = new HashSet<>();
        for (JsonNode list : new JsonNode[] { first, second }) {
            list.forEach(each -> {
                if (known.add(each)) {
                    all.add(each);
                }
            });
        }
        return all;
    }
}
