package io.freshet.stream;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.freshet.event.FieldPath;
import io.freshet.sink.KafkaTarget;
import io.freshet.sink.MongoTarget;
import io.freshet.sink.RedisTarget;
import io.freshet.table.Schema;

/** Where the records of a stream go. */
public sealed interface SinkDefinition {

    /** The kinds there are. */
    List<String> KINDS = List.of("kafka", "websocket", "file", "redis", "mongodb");

    /**
     * @param columns what records have, where a format needs to know; empty for what is known of them
     */
    record ToKafka(KafkaTarget target, Optional<Schema> columns, DeliveryDefinition delivery) implements SinkDefinition {
    }

    record ToWebSocket(DeliveryDefinition delivery) implements SinkDefinition {
    }

    /**
     * @param fields the columns of CSV; none for those that the records have
     */
    record ToFile(String path, boolean csv, List<FieldPath> fields, DeliveryDefinition delivery) implements SinkDefinition {
        public ToFile {
            fields = List.copyOf(fields);
        }
    }

    record ToRedis(RedisTarget target, DeliveryDefinition delivery) implements SinkDefinition {
    }

    record ToMongo(MongoTarget target, DeliveryDefinition delivery) implements SinkDefinition {
    }

    /** How records are brought there. */
    DeliveryDefinition delivery();

    static SinkDefinition parse(DefinitionNode node) {
        node.object(Stream.concat(KINDS.stream(), Stream.of("name", "queue", "guard", "giveUpAfter")).toArray(String[]::new));
        if (KINDS.stream().filter(kind -> node.json().has(kind)).count() != 1) {
            throw node.wrong("must have exactly one of " + String.join(", ", KINDS));
        }
        DeliveryDefinition delivery = DeliveryDefinition.parse(node);
        if (node.json().has("kafka")) {
            DefinitionNode kafka = node.get("kafka");
            return new ToKafka(KafkaDefinition.parse(kafka), KafkaDefinition.columns(kafka), delivery);
        }
        if (node.json().has("redis")) {
            return new ToRedis(RedisDefinition.parse(node.get("redis")), delivery);
        }
        if (node.json().has("mongodb")) {
            return new ToMongo(MongoDefinition.parse(node.get("mongodb")), delivery);
        }
        if (node.json().has("file")) {
            DefinitionNode file = node.get("file").object("path", "format", "fields");
            boolean csv = format(file, "ndjson", "csv").equals("csv");
            if (!csv && file.find("fields").isPresent()) {
                throw file.get("fields").wrong("is for the format csv");
            }
            return new ToFile(file.get("path").text(), csv, file.find("fields").map(SinkDefinition::fields).orElse(List.of()),
                    delivery);
        }
        node.get("websocket").object();
        return new ToWebSocket(delivery);
    }

    private static List<FieldPath> fields(DefinitionNode node) {
        return node.elements("fields").stream().map(each -> {
            try {
                return FieldPath.of(each.text());
            } catch (IllegalArgumentException e) {
                throw each.wrong("must be a field: " + e.getMessage());
            }
        }).toList();
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
