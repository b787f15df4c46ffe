package io.freshet.stream;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

import io.freshet.store.Names;

/**
 * What a stream is: a source, a pace and sinks.
 *
 * @param metadata whether records carry {@code _generated_at} and {@code _batch_id}
 * @param json as it was given
 */
public record StreamDefinition(String name, SourceDefinition source, PaceDefinition pace, List<SinkDefinition> sinks,
        boolean metadata, JsonNode json) {

    public StreamDefinition {
        sinks = List.copyOf(sinks);
    }

    /**
     * @throws DefinitionException if there is a mistake; it names the field and what is allowed
     */
    public static StreamDefinition parse(JsonNode json) {
        DefinitionNode root = new DefinitionNode("", json).object("name", "source", "pace", "stages", "sinks", "metadata");
        DefinitionNode name = root.get("name");
        if (!Names.isValid(name.text())) {
            throw name.wrong("must match " + Names.PATTERN);
        }
        root.find("stages").ifPresent(stages -> {
            if (!stages.json().isArray() || !stages.json().isEmpty()) {
                throw stages.wrong("must be an empty list: there are no stages yet");
            }
        });
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
        return new StreamDefinition(name.text(), SourceDefinition.parse(root.get("source")),
                PaceDefinition.parse(root.find("pace")), parsed, root.find("metadata").map(DefinitionNode::flag).orElse(true),
                json);
    }
}
