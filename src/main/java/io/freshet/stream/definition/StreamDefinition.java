package io.freshet.stream.definition;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.freshet.source.chaos.ChaosSettings;
import io.freshet.store.Names;

/**
 * The definition of a stream: a source, a pace, stages and sinks.
 *
 * @param metadata whether records carry {@code _generated_at} and {@code _batch_id}
 * @param chaos the faults that are injected into the records; empty for none
 * @param monitoringInterval how often its statistics are logged
 * @param shards how many shards the stream is divided into; 1 for a stream that is not divided
 * @param shard the shard that this definition describes; empty if it describes the whole stream
 * @param json the definition as it was given, with its secrets; of a shard, with the name of the shard
 */
public record StreamDefinition(String name, SourceDefinition source, PaceDefinition pace, StageDefinitions stages,
        List<SinkDefinition> sinks,
        boolean metadata, Optional<ChaosSettings> chaos, Duration monitoringInterval, int shards, Optional<Shard> shard,
        JsonNode json) {

    static final String SHARDS = "shards";
    private static final String NAME = "name";
    private static final Duration STANDARD_INTERVAL = Duration.ofSeconds(30);

    public StreamDefinition {
        sinks = List.copyOf(sinks);
    }

    /** @throws DefinitionException if the definition is invalid; the message names the field and what is allowed */
    public static StreamDefinition parse(JsonNode json) {
        DefinitionNode root = new DefinitionNode("", json).object(NAME, "source", "pace", "stages", "sinks", "metadata",
                "chaos", "monitoring_interval", SHARDS);
        DefinitionNode name = root.get(NAME);
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
                throw sinks.element(i)
                        .wrong("cannot be a second websocket sink, because all clients that follow the stream share one");
            }
            parsed.add(sink);
        }
        boolean paced = root.find("pace").map(pace -> pace.has("recordsPerSecond") || pace.has("burst")).orElse(false);
        SourceDefinition source = SourceDefinition.parse(root.get("source"), paced);
        // events have an envelope of their own
        boolean metadata = root.find("metadata").map(DefinitionNode::flag).orElse(!source.isEvents());
        if ((source.isReceived() || source instanceof TwinDefinition.OfChannel) && root.find("chaos").isPresent()) {
            throw root.get("chaos").wrong("cannot be used with the source " + root.get("source").firstField()
                    + ": its records come once, and chaos reads some again");
        }
        if (source.readsTopic() && root.find("chaos").isPresent()) {
            throw root.get("chaos")
                    .wrong("cannot be used with a topic, because its messages arrive once, and chaos reads some again");
        }
        PaceDefinition pace = PaceDefinition.parse(root.find("pace"), source);
        int shards = (int) root.integer(SHARDS, 1, Shard.MAX_COUNT).orElse(1);
        if (shards > 1) {
            ShardedDefinitions.check(root, source, pace, parsed);
        }
        return new StreamDefinition(name.text(), source, pace,
                StageDefinitions.parse(root.find("stages"), SinkNames.of(sinks)), parsed, metadata,
                ChaosDefinitions.parse(root, pace),
                root.find("monitoring_interval").map(StreamDefinition::interval).orElse(STANDARD_INTERVAL), shards,
                Optional.empty(), json);
    }

    /**
     * Parses a definition that was saved: that of a stream, or of a shard.
     *
     * @throws DefinitionException as {@link #parse}
     */
    public static StreamDefinition parseSaved(JsonNode json) {
        String name = json.path(NAME).asText();
        return Shard.streamOf(name).map(stream -> parse(named(json, stream)).ofShard(Shard.indexOf(name)))
                .orElseGet(() -> parse(json));
    }

    private static ObjectNode named(JsonNode json, String name) {
        return ((ObjectNode) json.deepCopy()).put(NAME, name);
    }

    /** Returns the definition of the whole stream that a shard belongs to; of any other stream, this definition. */
    public StreamDefinition whole() {
        return shard.map(part -> parse(named(json, part.stream()))).orElse(this);
    }

    /** Returns whether the definition describes a whole stream that is divided into shards. */
    public boolean isSharded() {
        return shards > 1 && shard.isEmpty();
    }

    /** Returns the definition of a shard: it makes its part of the records, at its part of the pace. */
    public StreamDefinition ofShard(int index) {
        Shard part = new Shard(name, index, shards);
        SourceDefinition own = source instanceof RetailDefinition retail ? retail.share(part) : source;
        return new StreamDefinition(part.name(), own, pace.share(part), stages, sinks, metadata, chaos, monitoringInterval,
                shards, Optional.of(part), named(json, part.name()));
    }

    /** Returns the name of the whole stream, which its records carry. */
    public String recordName() {
        return shard.map(Shard::stream).orElse(name);
    }

    /** Returns whether records become objects on their way, because stages change them or a sink has its own columns. */
    public boolean isStaged() {
        return !stages.isEmpty()
                || sinks.stream().anyMatch(SinkDefinition::hasOwnColumns);
    }

    /** Returns the names of its sinks, in their order. */
    public List<String> sinkNames() {
        return SinkNames.of(new DefinitionNode("sinks", json.path("sinks")));
    }

    private static Duration interval(DefinitionNode node) {
        Duration interval = node.duration();
        if (interval.compareTo(Duration.ofSeconds(1)) < 0) {
            throw node.wrong("must be at least 1s");
        }
        return interval;
    }

    /** Returns the definition as it was given, without its secrets. */
    public JsonNode shown() {
        return shown(json);
    }

    /** Returns a definition without its secrets, whether it is valid or not. */
    public static JsonNode shown(JsonNode json) {
        return WebSocketDefinition.masked(json);
    }

    /**
     * Returns the same definition in which everything that depends on the start time is fixed.
     *
     * @param open whether simulated stores are open on a day
     */
    public StreamDefinition startingAt(Instant now, Predicate<LocalDate> open) {
        if (!(source instanceof RetailDefinition retail) || retail.start().isPresent()) {
            return this;
        }
        ObjectNode said = json.deepCopy();
        JsonNode settings = said.path("source").path("retail");
        ((ObjectNode) settings).put("start", retail.startFrom(json, now, open).toString());
        return parseSaved(said);
    }
}
