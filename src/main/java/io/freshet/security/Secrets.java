package io.freshet.security;

import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** Removes secrets from what is shown: definitions that are read back, errors and log lines. */
public final class Secrets {

    /** The replacement for a secret. */
    public static final String MASK = "***";

    private static final Pattern NAME = Pattern.compile(
            "password|passwd|secret|token|credential|authorization|api[-_.]?key|private[-_.]?key|connection[-_.]?string|"
                    + "jaas|cookie|signature");
    /** The match starts at the end of the scheme, so that a text of letters only does not take quadratic time. */
    private static final Pattern USER_INFO = Pattern.compile("(?<=[a-zA-Z0-9+.-]://)[^/?#\\s\"']+@");
    private static final Pattern QUERY = Pattern.compile(
            "(?i)((?:^|[?&;\\s,])[a-z_.-]*(?:password|secret|token|api[-_]?key|sig|accesskey)=[\"']?)[^&;\\s\"',]+");
    private static final Pattern BEARER = Pattern.compile("(?i)(bearer|basic)\\s+[a-z0-9._~+/=-]{8,}");

    private Secrets() {
    }

    /** Returns a copy with the values masked whose names or forms mark them as secret. */
    public static JsonNode masked(JsonNode node) {
        if (node.isObject()) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            for (Iterator<Map.Entry<String, JsonNode>> fields = node.fields(); fields.hasNext();) {
                Map.Entry<String, JsonNode> field = fields.next();
                boolean secret = field.getValue().isValueNode() && !field.getValue().isNull()
                        && NAME.matcher(field.getKey().toLowerCase(Locale.ROOT)).find();
                copy.set(field.getKey(), secret ? TextNode.valueOf(MASK) : masked(field.getValue()));
            }
            return copy;
        }
        if (node.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> copy.add(masked(element)));
            return copy;
        }
        return node.isTextual() ? TextNode.valueOf(masked(node.textValue())) : node;
    }

    /**
     * Returns a copy in which the secrets that are masked as they were shown have their values again.
     *
     * @param shown what was read and perhaps edited
     * @param original what it was read from, with its secrets
     */
    public static JsonNode restored(JsonNode shown, JsonNode original) {
        if (shown.isObject()) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            for (Iterator<Map.Entry<String, JsonNode>> fields = shown.fields(); fields.hasNext();) {
                Map.Entry<String, JsonNode> field = fields.next();
                copy.set(field.getKey(), restored(field.getValue(), original.path(field.getKey())));
            }
            return copy;
        }
        if (shown.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < shown.size(); i++) {
                copy.add(restored(shown.get(i), original.path(i)));
            }
            return copy;
        }
        boolean isMask = shown.isTextual() && !original.isMissingNode() && isMask(shown.textValue(), original);
        return isMask ? original : shown;
    }

    private static boolean isMask(String shown, JsonNode original) {
        if (!shown.contains(MASK)) {
            return false;
        }
        // of an address, only what follows its path may be masked
        return shown.endsWith(MASK) && original.asText().startsWith(shown.substring(0, shown.length() - MASK.length()))
                || original.isTextual() && shown.equals(masked(original.textValue()));
    }

    /** Returns a text with credentials in addresses, tokens, and secrets in queries or connection strings masked. */
    public static String masked(String text) {
        String shown = USER_INFO.matcher(text).replaceAll(MASK + "@");
        shown = QUERY.matcher(shown).replaceAll("$1" + MASK);
        return BEARER.matcher(shown).replaceAll("$1 " + MASK);
    }
}
