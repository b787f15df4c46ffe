package io.freshet.api;

import java.util.OptionalDouble;

import jakarta.enterprise.context.ApplicationScoped;

import io.freshet.stream.cluster.StreamCluster;
import io.freshet.stream.definition.DefinitionException;
import io.freshet.stream.definition.StreamDefinition;

/** Limits how many streams clients can have, and how fast they can be. Streams that the operator declares are not limited. */
@ApplicationScoped
class StreamAdmission {

    private static final String RATE = "pace.recordsPerSecond";

    private final ApiConfig config;
    private final StreamCluster streams;

    StreamAdmission(ApiConfig config, StreamCluster streams) {
        this.config = config;
        this.streams = streams;
    }

    /**
     * @throws DefinitionException if it is too fast
     * @throws ProblemException if there are too many
     */
    void check(StreamDefinition definition) {
        checkPace(definition);
        if (streams.names().size() >= config.maxStreams()) {
            throw new ProblemException(
                    Problem.tooMany("the limit of " + config.maxStreams() + " streams is reached; delete one"));
        }
    }

    /** @throws DefinitionException if it is too fast */
    void checkPace(StreamDefinition definition) {
        config.maxRecordsPerSecond().ifPresent(max -> {
            OptionalDouble rate = definition.pace().maxRecordsPerSecond();
            if (rate.isEmpty() || rate.getAsDouble() > max) {
                throw new DefinitionException(RATE, "must be given, and be at most " + max + " here");
            }
        });
    }
}
