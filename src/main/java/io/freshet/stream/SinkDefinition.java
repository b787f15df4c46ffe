package io.freshet.stream;

import java.util.Optional;
import java.util.regex.Pattern;

/** Where the records of a stream go. */
public sealed interface SinkDefinition {

    Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");

    record ToKafka(String topic, Optional<String> key) implements SinkDefinition {
    }

    record ToWebSocket() implements SinkDefinition {
    }

    record ToFile(String path, boolean csv) implements SinkDefinition {
    }

    static SinkDefinition parse(DefinitionNode node) {
        node.object("kafka", "websocket", "file");
        if (node.json().size() != 1) {
            throw node.wrong("must have exactly one of kafka, websocket, file");
        }
        if (node.json().has("kafka")) {
            DefinitionNode kafka = node.get("kafka").object("topic", "key", "format");
            DefinitionNode topic = kafka.get("topic");
            if (!TOPIC.matcher(topic.text()).matches() || topic.text().equals(".") || topic.text().equals("..")) {
                throw topic.wrong("must be letters, digits, dots, dashes and underscores, at most 249");
            }
            format(kafka, "json");
            return new ToKafka(topic.text(), kafka.find("key").map(DefinitionNode::text));
        }
        if (node.json().has("file")) {
            DefinitionNode file = node.get("file").object("path", "format");
            return new ToFile(file.get("path").text(), format(file, "ndjson", "csv").equals("csv"));
        }
        node.get("websocket").object();
        return new ToWebSocket();
    }

    private static String format(DefinitionNode sink, String... known) {
        Optional<DefinitionNode> format = sink.find("format");
        String name = format.map(DefinitionNode::text).orElse(known[0]);
        if (!java.util.List.of(known).contains(name)) {
            throw format.orElse(sink).wrong("must be one of " + String.join(", ", known));
        }
        return name;
    }
}
