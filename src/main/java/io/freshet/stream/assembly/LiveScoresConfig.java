package io.freshet.stream.assembly;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How the rows that streams draw from models are compared with their model while they are streamed. */
@ConfigMapping(prefix = "freshet.live-scores")
public interface LiveScoresConfig {

    /** Compares the rows that streams draw from a model with the model while they are streamed. */
    @WithDefault("true")
    boolean enabled();

    /**
     * Limits how many rows of a stream are compared with its model per second. Further rows of that second are not compared.
     */
    @WithDefault("2000")
    int rowsPerSecond();
}
