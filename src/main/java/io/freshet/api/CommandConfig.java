package io.freshet.api;

import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Configuration of commands that are read from a topic. */
@ConfigMapping(prefix = "freshet.commands")
public interface CommandConfig {

    /** Names the topic of commands, such as {@code freshet.commands}. Without it, no commands are read. */
    Optional<String> topic();

    /** Names the topic of the generated records for commands that do not name one. */
    @WithDefault("freshet.generated")
    String outputTopic();
}
