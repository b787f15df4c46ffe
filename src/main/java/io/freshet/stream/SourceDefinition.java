package io.freshet.stream;

import java.util.Map;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.freshet.model.ConditionException;
import io.freshet.model.ConditionParser;
import io.freshet.model.Conditions;

/** Where the records of a stream come from. */
public sealed interface SourceDefinition
        permits SourceDefinition.OfModel, SourceDefinition.OfPattern, SourceDefinition.OfStream, RetailDefinition,
        TopicDefinition, TwinDefinition, FeedDefinition {

    /**
     * The rows of one seed of a model.
     *
     * @param pinned whether the version there is at the start is kept when the model learns more
     */
    record OfModel(String model, long seed, Conditions conditions, boolean pinned) implements SourceDefinition {
    }

    /** Test records. */
    record OfPattern(long seed) implements SourceDefinition {
    }

    /** What another stream sends to its sinks. */
    record OfStream(String stream) implements SourceDefinition {
    }

    /** Whether its records have an envelope of their own, to which no metadata is added unless it is asked for. */
    default boolean isEvents() {
        return this instanceof RetailDefinition || this instanceof TopicDefinition || this instanceof OfStream
                || this instanceof FeedDefinition;
    }

    /** Whether it reads a topic, or another stream, whose records come once. */
    default boolean readsTopic() {
        return this instanceof TopicDefinition || this instanceof TwinDefinition || this instanceof OfStream;
    }

    /** Whether a record has the same position, or an id, when the stream is taken up again where it was a moment before. */
    default boolean repeatsRecords() {
        return !(this instanceof TwinDefinition || this instanceof OfStream || this instanceof FeedDefinition);
    }

    /**
     * @param paced whether the pace says how fast records go
     */
    static SourceDefinition parse(DefinitionNode node, boolean paced) {
        if (node.json().has("retail")) {
            return RetailDefinition.parse(node.object("retail").get("retail"), paced);
        }
        if (node.json().has("feed")) {
            return FeedDefinition.parse(node.object("feed").get("feed"));
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
        node.object("model", "pattern", "retail", "kafka", "twin", "stream", "feed", "seed", "conditions", "pinned");
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
