package io.freshet.api;

import java.util.OptionalDouble;

import jakarta.enterprise.context.ApplicationScoped;

import io.freshet.stream.DefinitionException;
import io.freshet.stream.PaceDefinition;
import io.freshet.stream.SharedStreams;
import io.freshet.stream.StreamDefinition;

/** How many streams clients may have, and how fast they may be. What the operator declares is not asked. */
@ApplicationScoped
class StreamAdmission {

    private static final String RATE = "pace.recordsPerSecond";

    private final ApiConfig config;
    private final SharedStreams streams;

    StreamAdmission(ApiConfig config, SharedStreams streams) {
        this.config = config;
        this.streams = streams;
    }

    /**
     * @throws DefinitionException if it is too fast
     * @throws ProblemException if there are too many
     */
    void check(StreamDefinition definition) {
        config.maxRecordsPerSecond().ifPresent(most -> {
            OptionalDouble rate = rate(definition.pace());
            if (rate.isEmpty() || rate.getAsDouble() > most) {
                throw new DefinitionException(RATE, "must be said, and be at most " + most + " here");
            }
        });
        if (streams.names().size() >= config.maxStreams()) {
            throw new ProblemException(
                    Problem.tooMany("there are " + config.maxStreams() + " streams already; delete one"));
        }
    }

    private static OptionalDouble rate(PaceDefinition pace) {
        return pace.burst().map(burst -> OptionalDouble.of(burst.records() / (burst.every().toNanos() / 1e9)))
                .orElse(pace.recordsPerSecond());
    }
}
