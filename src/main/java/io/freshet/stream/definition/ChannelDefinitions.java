package io.freshet.stream.definition;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

import io.freshet.event.FieldPath;
import io.freshet.sink.channel.ChannelTarget;
import io.freshet.sink.channel.FieldTemplate;
import io.freshet.source.channel.ChannelSettings;

/** Reads sinks and sources that are channels: {@code channel: NAME}, or an object with the name and more. */
public final class ChannelDefinitions {

    private static final int DEFAULT_MAX_BYTES = 1 << 20;
    private static final int MAX_QOS = 2;
    private static final int DEFAULT_BUFFER = 10_000;
    private static final int MAX_BUFFER = 1_000_000;

    private ChannelDefinitions() {
    }

    /** The messages of a channel. */
    public record FromChannel(ChannelSettings settings) implements SourceDefinition {
    }

    static FromChannel source(DefinitionNode written) {
        DefinitionNode channel = written.named().object("name", "format", "addressField", "buffer");
        return new FromChannel(new ChannelSettings(channel.get("name").text(), isValue(channel),
                channel.find("addressField").map(DefinitionNode::text),
                (int) channel.integer("buffer", 1, MAX_BUFFER).orElse(DEFAULT_BUFFER)));
    }

    static ChannelTarget target(DefinitionNode written) {
        DefinitionNode channel = written.named().object("name", "address", "qos", "retain", "format", "field", "headers",
                "maxMessage");
        Optional<FieldPath> value = channel.find("field").map(ChannelDefinitions::path);
        if (isValue(channel) != value.isPresent()) {
            throw channel.wrong("must have both format: value and field, the field whose value is the message, or neither");
        }
        OptionalLong qos = channel.integer("qos", 0, MAX_QOS);
        return new ChannelTarget(channel.get("name").text(), channel.find("address").map(ChannelDefinitions::template),
                qos.isPresent() ? OptionalInt.of((int) qos.getAsLong()) : OptionalInt.empty(),
                channel.find("retain").map(DefinitionNode::flag).orElse(false), value, headers(channel),
                (int) Math.min(Integer.MAX_VALUE,
                        channel.find("maxMessage").map(DefinitionNode::bytes).orElse(OptionalLong.empty())
                                .orElse(DEFAULT_MAX_BYTES)));
    }

    private static boolean isValue(DefinitionNode channel) {
        return channel.find("format").map(format -> format.oneOf("json", "value").equals("value")).orElse(false);
    }

    private static Map<String, FieldPath> headers(DefinitionNode channel) {
        Map<String, FieldPath> headers = new LinkedHashMap<>();
        channel.find("headers").ifPresent(
                node -> node.members("header to field").forEach((name, field) -> headers.put(name, path(field))));
        return headers;
    }

    private static FieldPath path(DefinitionNode node) {
        try {
            return FieldPath.of(node.text());
        } catch (IllegalArgumentException e) {
            throw node.wrong("must be a field: " + e.getMessage());
        }
    }

    private static FieldTemplate template(DefinitionNode node) {
        try {
            return FieldTemplate.of(node.text());
        } catch (IllegalArgumentException e) {
            throw node.wrong("must be a text with fields in braces: " + e.getMessage());
        }
    }
}
