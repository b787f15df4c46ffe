package io.freshet.stream.assembly;

import io.freshet.stream.definition.DefinitionException;
import io.freshet.stream.definition.SinkDefinition;
import io.freshet.stream.definition.SourceDefinition;
import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.definition.TopicDefinition;
import io.freshet.stream.definition.TwinDefinition;

/** Checks whether a sink can deliver exactly once. */
final class ExactlyOnceCheck {

    private static final String LEVEL = "isolation.level";

    private ExactlyOnceCheck() {
    }

    /**
     * Checks that a sink which is to deliver exactly once can do so with its source.
     *
     * @throws DefinitionException if it cannot
     */
    static void check(StreamDefinition definition, int index) {
        if (!(definition.sinks().get(index) instanceof SinkDefinition.ToKafka to) || !to.target().exactlyOnce()) {
            return;
        }
        String path = "sinks[" + index + "].kafka.exactlyOnce";
        SourceDefinition source = definition.source();
        if (source instanceof SourceDefinition.OfStream) {
            throw new DefinitionException(path,
                    "cannot be used with another stream as the source: its records arrive once and are not stored");
        }
        if (!source.readsTopic()) {
            return;
        }
        if (definition.sinks().size() > 1) {
            throw new DefinitionException(path, "cannot be used with a topic and several sinks: "
                    + "the records of the others are not part of the transaction");
        }
        TopicDefinition topic = source instanceof TwinDefinition twin ? twin.topic() : (TopicDefinition) source;
        if (topic.automatic()) {
            throw new DefinitionException("source.kafka.commit", "must be acknowledged if a sink delivers exactly once");
        }
        if (topic.settings().getOrDefault(LEVEL, "read_committed").equals("read_uncommitted")) {
            throw new DefinitionException("source." + (source instanceof TwinDefinition ? "twin" : "kafka") + ".settings."
                    + LEVEL, "must be read_committed if a sink delivers exactly once");
        }
    }
}
