package io.freshet.stream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How rows of models are compared with their model while they are streamed. */
@ConfigMapping(prefix = "freshet.live-scores")
public interface LiveScoresConfig {

    /** Whether they are. */
    @WithDefault("true")
    boolean enabled();

    /** When so many rows of a stream were compared in a second, the others of that second are not. */
    @WithDefault("2000")
    int rowsPerSecond();
}
