package io.freshet.stream.definition;

import java.util.ArrayList;
import java.util.List;

import io.freshet.source.channel.ChannelSettings;

/** A source of synthetic rows in place of the messages of a topic, from a model that learns the messages as they arrive. */
public record TwinDefinition(TopicDefinition topic, LearningDefinition learning) implements SourceDefinition {

    static final int BATCH_SIZE = 100;
    private static final List<String> OF_TOPIC = List.of("topic", "group", "from", "format", "malformed", "settings");

    /** A source of synthetic rows in place of the messages of a channel. */
    public record OfChannel(ChannelSettings channel, LearningDefinition learning) implements SourceDefinition {
    }

    static SourceDefinition parse(DefinitionNode written) {
        DefinitionNode named = written.synonym("generate_ratio", "ratio");
        if (!written.json().has("channel")) {
            DefinitionNode node = named.object(with(OF_TOPIC));
            return new TwinDefinition(TopicDefinition.read(node), LearningDefinition.read(node));
        }
        DefinitionNode node = named.object(with(List.of("channel")));
        LearningDefinition learning = LearningDefinition.read(node);
        ChannelSettings channel = ChannelDefinitions.source(node.get("channel")).settings();
        if (channel.buffer() <= learning.minRows()) {
            throw node.get("channel").wrong("needs a buffer of more than min_rows (" + learning.minRows()
                    + ") records, because messages wait in it until the first model is fitted");
        }
        return new OfChannel(channel, learning);
    }

    private static String[] with(List<String> keys) {
        List<String> all = new ArrayList<>(keys);
        all.addAll(LearningDefinition.KEYS);
        return all.toArray(String[]::new);
    }
}
