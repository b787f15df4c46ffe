package io.freshet.api;

import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Commands from a topic. */
@ConfigMapping(prefix = "freshet.commands")
public interface CommandConfig {

    /** The topic of the commands, such as {@code freshet.commands}; without it none are taken. */
    Optional<String> topic();

    /** The topic of the records where a command names none. */
    @WithDefault("freshet.generated")
    String outputTopic();
}
