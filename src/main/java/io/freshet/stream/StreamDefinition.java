package io.freshet.stream;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.freshet.source.ChaosSettings;
import io.freshet.store.Names;

/**
 * What a stream is: a source, a pace, stages and sinks.
 *
 * @param metadata whether records carry {@code _generated_at} and {@code _batch_id}
 * @param chaos what is not delivered as it should be; empty for nothing
 * @param monitoringInterval how often its statistics are logged
 * @param json as it was given, with its secrets
 */
public record StreamDefinition(String name, SourceDefinition source, PaceDefinition pace, StageDefinitions stages,
        List<SinkDefinition> sinks,
        boolean metadata, Optional<ChaosSettings> chaos, Duration monitoringInterval, JsonNode json) {

    private static final Duration STANDARD_INTERVAL = Duration.ofSeconds(30);

    public StreamDefinition {
        sinks = List.copyOf(sinks);
    }

    /**
     * @throws DefinitionException if there is a mistake; it names the field and what is allowed
     */
    public static StreamDefinition parse(JsonNode json) {
        DefinitionNode root = new DefinitionNode("", json).object("name", "source", "pace", "stages", "sinks", "metadata",
                "chaos", "monitoring_interval");
        DefinitionNode name = root.get("name");
        if (!Names.isValid(name.text())) {
            throw name.wrong("must match " + Names.PATTERN);
        }
        DefinitionNode sinks = root.get("sinks");
        if (!sinks.json().isArray() || sinks.json().isEmpty()) {
            throw sinks.wrong("must be a list of at least one sink");
        }
        List<SinkDefinition> parsed = new ArrayList<>();
        for (int i = 0; i < sinks.json().size(); i++) {
            SinkDefinition sink = SinkDefinition.parse(sinks.element(i));
            if (sink instanceof SinkDefinition.ToWebSocket
                    && parsed.stream().anyMatch(SinkDefinition.ToWebSocket.class::isInstance)) {
                throw sinks.element(i).wrong("is one websocket sink too many: all who follow the stream share one");
            }
            parsed.add(sink);
        }
        JsonNode pace = json.path("pace");
        SourceDefinition source = SourceDefinition.parse(root.get("source"), pace.has("recordsPerSecond") || pace.has("burst"));
        // events have an envelope of their own
        boolean metadata = root.find("metadata").map(DefinitionNode::flag).orElse(!source.isEvents());
        if (source instanceof FeedDefinition && root.find("chaos").isPresent()) {
            throw root.get("chaos").wrong("cannot be had of a feed: its messages come once, and chaos wants some again");
        }
        if (source.readsTopic() && root.find("chaos").isPresent()) {
            throw root.get("chaos").wrong("cannot be had of a topic: its messages come once, and chaos wants some again");
        }
        return new StreamDefinition(name.text(), source, PaceDefinition.parse(root.find("pace"), source),
                StageDefinitions.parse(root.find("stages"), SinkNames.of(sinks)), parsed, metadata,
                root.find("chaos").map(StreamDefinition::chaos),
                root.find("monitoring_interval").map(StreamDefinition::interval).orElse(STANDARD_INTERVAL), json);
    }

    /** Whether records become objects on their way: stages change them, or a sink wants its own columns of them. */
    boolean isStaged() {
        return !stages.isEmpty()
                || sinks.stream().anyMatch(sink -> sink instanceof SinkDefinition.ToKafka to && to.columns().isPresent());
    }

    /** How its sinks are called, in their order. */
    List<String> sinkNames() {
        return SinkNames.of(new DefinitionNode("sinks", json.path("sinks")));
    }

    private static Duration interval(DefinitionNode node) {
        Duration interval = node.duration();
        if (interval.compareTo(Duration.ofSeconds(1)) < 0) {
            throw node.wrong("must be at least 1s");
        }
        return interval;
    }

    private static ChaosSettings chaos(DefinitionNode node) {
        node.object("seed", "late", "duplicate", "out_of_order", "drop", "corrupt", "schema_drift", "field");
        try {
            return new ChaosSettings(node.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE).orElse(0), share(node, "late"),
                    share(node, "duplicate"), share(node, "out_of_order"), share(node, "drop"), share(node, "corrupt"),
                    share(node, "schema_drift"), node.find("field").map(DefinitionNode::flag).orElse(false));
        } catch (IllegalArgumentException e) {
            throw node.wrong("has too much: " + e.getMessage());
        }
    }

    private static double share(DefinitionNode node, String name) {
        return node.find(name).map(each -> each.number(0, ChaosSettings.MOST)).orElse(0.0);
    }

    /** As it was given, without its secrets. */
    public JsonNode shown() {
        return FeedDefinition.masked(json);
    }

    /**
     * The same, with everything said that depends on when it is started.
     *
     * @param open says of a day whether simulated stores are open
     */
    StreamDefinition startedAt(Instant now, Predicate<LocalDate> open) {
        if (!(source instanceof RetailDefinition retail) || retail.start().isPresent()) {
            return this;
        }
        ObjectNode said = json.deepCopy();
        JsonNode settings = said.path("source").path("retail");
        ((ObjectNode) settings).put("start", retail.startFrom(json, now, open).toString());
        return parse(said);
    }
}
