package io.freshet.stream;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.freshet.source.TopicConsumer;

/**
 * The messages of a Kafka topic.
 *
 * @param group in whose name it is said how far they are dealt with; empty for one of the stream's own
 * @param avro whether they are Avro, in Confluent's layout; else JSON
 * @param automatic whether they count as dealt with when they are taken; else when the sinks have them
 * @param keepsMalformed whether messages that cannot be read become dead letters; else they are passed over
 * @param maxWait how long a record waits for others to travel with
 * @param settings of the consumer, by their Kafka names
 */
record TopicDefinition(String topic, Optional<String> group, TopicConsumer.Start start, boolean avro, boolean automatic,
        boolean keepsMalformed, Duration maxWait, Map<String, String> settings) implements SourceDefinition {

    private static final Duration STANDARD_WAIT = Duration.ofMillis(5);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final List<String> STARTS = List.of("committed", "beginning", "now");

    TopicDefinition {
        settings = Map.copyOf(settings);
    }

    static TopicDefinition parse(DefinitionNode node) {
        return read(node.object("topic", "group", "from", "format", "commit", "malformed", "maxWait", "settings"));
    }

    /** What of a node is about a topic. */
    static TopicDefinition read(DefinitionNode node) {
        Duration wait = node.find("maxWait").map(DefinitionNode::duration).orElse(STANDARD_WAIT);
        if (wait.compareTo(LONGEST_WAIT) > 0) {
            throw node.get("maxWait").wrong("must be at most a minute");
        }
        return new TopicDefinition(KafkaDefinition.topic(node.get("topic")), node.find("group").map(DefinitionNode::text),
                start(node.find("from")), node.oneOf("format", List.of("json", "avro")).equals("avro"),
                node.oneOf("commit", List.of("acknowledged", "automatic")).equals("automatic"),
                node.oneOf("malformed", List.of("dead_letter", "skip")).equals("dead_letter"), wait,
                node.find("settings").map(KafkaDefinition::consumerSettings).orElse(Map.of()));
    }

    private static TopicConsumer.Start start(Optional<DefinitionNode> node) {
        String from = node.map(known -> known.oneOf(STARTS)).orElse(STARTS.get(0));
        return switch (from) {
            case "beginning" -> TopicConsumer.Start.BEGINNING;
            case "now" -> TopicConsumer.Start.NOW;
            default -> TopicConsumer.Start.COMMITTED;
        };
    }
}
