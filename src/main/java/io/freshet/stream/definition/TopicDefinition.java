package io.freshet.stream.definition;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.freshet.kafka.source.StartOffset;

/**
 * A source of the messages of a Kafka topic.
 *
 * @param group the consumer group that commits offsets; empty for one of the stream's own
 * @param avro whether the messages are Avro in Confluent's wire format; otherwise they are JSON
 * @param automatic whether offsets are committed when messages are consumed; otherwise when the sinks have acknowledged them
 * @param keepsMalformed whether unreadable messages become dead letters; otherwise they are skipped
 * @param maxWait how long a record waits for others to travel with
 * @param settings settings of the consumer, by their Kafka names
 */
public record TopicDefinition(String topic, Optional<String> group, StartOffset start, boolean avro, boolean automatic,
        boolean keepsMalformed, Duration maxWait, Map<String, String> settings) implements SourceDefinition {

    private static final Duration STANDARD_WAIT = Duration.ofMillis(5);
    private static final Duration MAX_WAIT = Duration.ofMinutes(1);
    private static final List<String> STARTS = List.of("committed", "beginning", "now");

    public TopicDefinition {
        settings = Map.copyOf(settings);
    }

    static TopicDefinition parse(DefinitionNode node) {
        return read(node.millisSynonym("batch_timeout_ms", "maxWait").object("topic", "group", "from", "format", "commit",
                "malformed", "maxWait", "settings"));
    }

    /** Parses the fields of a node that concern a topic. */
    static TopicDefinition read(DefinitionNode node) {
        Duration wait = node.find("maxWait").map(DefinitionNode::duration).orElse(STANDARD_WAIT);
        if (wait.compareTo(MAX_WAIT) > 0) {
            throw node.get("maxWait").wrong("must be at most a minute");
        }
        DefinitionNode topic = node.find("topic").orElseThrow(() -> new DefinitionException(node.path() + ".topic",
                "is missing: a source names its topic, also where a connection string of Event Hubs has an EntityPath"));
        return new TopicDefinition(KafkaDefinition.topic(topic), node.find("group").map(DefinitionNode::text),
                start(node.find("from")), node.oneOf("format", List.of("json", "avro")).equals("avro"),
                node.oneOf("commit", List.of("acknowledged", "automatic")).equals("automatic"),
                node.oneOf("malformed", List.of("dead_letter", "skip")).equals("dead_letter"), wait,
                node.find("settings").map(KafkaDefinition::consumerSettings).orElse(Map.of()));
    }

    private static StartOffset start(Optional<DefinitionNode> node) {
        String from = node.map(known -> known.oneOf(STARTS)).orElse(STARTS.get(0));
        return switch (from) {
            case "beginning" -> StartOffset.BEGINNING;
            case "now" -> StartOffset.NOW;
            default -> StartOffset.COMMITTED;
        };
    }
}
