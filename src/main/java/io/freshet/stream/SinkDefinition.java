package io.freshet.stream;

import java.util.List;
import java.util.Optional;

import io.freshet.sink.KafkaTarget;

/** Where the records of a stream go. */
public sealed interface SinkDefinition {

    record ToKafka(KafkaTarget target, DeliveryDefinition delivery) implements SinkDefinition {
    }

    record ToWebSocket(DeliveryDefinition delivery) implements SinkDefinition {
    }

    record ToFile(String path, boolean csv, DeliveryDefinition delivery) implements SinkDefinition {
    }

    /** How records are brought there. */
    DeliveryDefinition delivery();

    static SinkDefinition parse(DefinitionNode node) {
        node.object("name", "kafka", "websocket", "file", "queue", "guard", "giveUpAfter");
        List<String> kinds = List.of("kafka", "websocket", "file").stream().filter(kind -> node.json().has(kind)).toList();
        if (kinds.size() != 1) {
            throw node.wrong("must have exactly one of kafka, websocket, file");
        }
        DeliveryDefinition delivery = DeliveryDefinition.parse(node);
        if (node.json().has("kafka")) {
            return new ToKafka(KafkaDefinition.parse(node.get("kafka")), delivery);
        }
        if (node.json().has("file")) {
            DefinitionNode file = node.get("file").object("path", "format");
            return new ToFile(file.get("path").text(), format(file, "ndjson", "csv").equals("csv"), delivery);
        }
        node.get("websocket").object();
        return new ToWebSocket(delivery);
    }

    private static String format(DefinitionNode sink, String... known) {
        Optional<DefinitionNode> format = sink.find("format");
        String name = format.map(DefinitionNode::text).orElse(known[0]);
        if (!List.of(known).contains(name)) {
            throw format.orElse(sink).wrong("must be one of " + String.join(", ", known));
        }
        return name;
    }
}
