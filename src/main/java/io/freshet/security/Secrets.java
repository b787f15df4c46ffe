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

/** Takes secrets out of what is shown: definitions that are read back, errors, log lines. */
public final class Secrets {

    /** What stands in the place of a secret. */
    public static final String MASK = "***";

    private static final Pattern NAME = Pattern.compile(
            "password|passwd|secret|token|credential|authorization|api[-_.]?key|private[-_.]?key|connection[-_.]?string|"
                    + "jaas|cookie|signature");
    /** Where a name ends is looked for first: a text of letters alone must not cost the square of its length. */
    private static final Pattern USER_INFO = Pattern.compile("(?<=[a-zA-Z0-9+.-]://)[^/?#\\s\"']+@");
    private static final Pattern QUERY = Pattern.compile(
            "(?i)((?:^|[?&;\\s,])[a-z_.-]*(?:password|secret|token|api[-_]?key|sig|accesskey)=[\"']?)[^&;\\s\"',]+");
    private static final Pattern BEARER = Pattern.compile("(?i)(bearer|basic)\\s+[a-z0-9._~+/=-]{8,}");

    private Secrets() {
    }

    /** The same, without what its names or its form say to be secret. The original stays as it is. */
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

    /** A text without the user of an address, without tokens, without secrets of a query or a connection string. */
    public static String masked(String text) {
        String shown = USER_INFO.matcher(text).replaceAll(MASK + "@");
        shown = QUERY.matcher(shown).replaceAll("$1" + MASK);
        return BEARER.matcher(shown).replaceAll("$1 " + MASK);
    }
}
