package io.freshet.stream.definition;

import java.util.Map;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.freshet.model.ConditionException;
import io.freshet.model.ConditionParser;
import io.freshet.model.Conditions;

/** The source of a stream's records. */
public sealed interface SourceDefinition
        permits SourceDefinition.OfModel, SourceDefinition.OfPattern, SourceDefinition.OfStream, RetailDefinition,
        TopicDefinition, TwinDefinition, TwinDefinition.OfChannel, WebSocketDefinition, PushDefinition,
        ChannelDefinitions.FromChannel {

    /**
     * The rows that a model generates for one seed.
     *
     * @param pinned whether the version at the start is kept when the model learns more
     */
    record OfModel(String model, long seed, Conditions conditions, boolean pinned) implements SourceDefinition {
    }

    /** Test records. */
    record OfPattern(long seed) implements SourceDefinition {
    }

    /** The records that another stream sends to its sinks. */
    record OfStream(String stream) implements SourceDefinition {
    }

    /** Returns whether its records have an envelope of their own, to which metadata is only added on request. */
    default boolean isEvents() {
        return this instanceof RetailDefinition || this instanceof TopicDefinition || this instanceof OfStream
                || isReceived();
    }

    /** Returns whether it reads a topic or another stream, whose records arrive only once. */
    default boolean readsTopic() {
        return this instanceof TopicDefinition || this instanceof TwinDefinition || this instanceof OfStream;
    }

    /** Returns whether a record has the same position or id again when the stream resumes slightly before where it was. */
    default boolean repeatsRecords() {
        return !(this instanceof TwinDefinition || this instanceof TwinDefinition.OfChannel || this instanceof OfStream
                || isReceived());
    }

    /** Returns whether others send its records when they choose, and a restart finds other ones. */
    default boolean isReceived() {
        return this instanceof WebSocketDefinition || this instanceof PushDefinition
                || this instanceof ChannelDefinitions.FromChannel;
    }

    /** @param paced whether the pace decides how fast records are emitted */
    static SourceDefinition parse(DefinitionNode node, boolean paced) {
        if (node.json().has("retail")) {
            return RetailDefinition.parse(node.object("retail").get("retail"), paced);
        }
        if (node.json().has("feed")) {
            return WebSocketDefinition.parse(node.object("feed").get("feed"));
        }
        if (node.json().has("http")) {
            return PushDefinition.parse(node.object("http").get("http"));
        }
        if (node.json().has("channel")) {
            return ChannelDefinitions.source(node.object("channel").get("channel"));
        }
        if (node.json().has("kafka")) {
            return TopicDefinition.parse(node.object("kafka").get("kafka"));
        }
        if (node.json().has("twin")) {
            return TwinDefinition.parse(node.object("twin").get("twin"));
        }
        if (node.json().has("stream")) {
            return new OfStream(node.object("stream").get("stream").text());
        }
        if (node.json().has("pattern")) {
            node.object("pattern");
            DefinitionNode pattern = node.get("pattern").object("seed");
            return new OfPattern(seed(pattern));
        }
        node.object("model", "pattern", "retail", "kafka", "twin", "stream", "feed", "http", "channel", "seed", "conditions",
                "pinned");
        Conditions conditions = node.find("conditions").map(SourceDefinition::conditions).orElse(Conditions.none());
        return new OfModel(node.get("model").text(), seed(node), conditions,
                node.find("pinned").map(DefinitionNode::flag).orElse(false));
    }

    private static long seed(DefinitionNode node) {
        return node.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE).orElse(0);
    }

    private static Conditions conditions(DefinitionNode node) {
        if (!node.json().isObject()) {
            throw node.wrong("must be an object: column to condition");
        }
        try {
            return ConditionParser.parse(
                    new ObjectMapper().convertValue(node.json(), new TypeReference<Map<String, Object>>() {
                    }));
        } catch (ConditionException e) {
            throw new DefinitionException(node.path() + "." + e.column(), String.valueOf(e.getMessage()));
        }
    }
}
