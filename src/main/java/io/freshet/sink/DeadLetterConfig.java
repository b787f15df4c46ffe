package io.freshet.sink;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where records are kept that could not be delivered. */
@ConfigMapping(prefix = "freshet.dead-letters")
public interface DeadLetterConfig {

    /** The topic, where Kafka is configured. */
    @WithDefault("freshet.dead-letters")
    String topic();

    /**
     * The folder they are spilled to while Kafka is down, and kept in where there is no Kafka; without it, {@code dead-letters}
     * in {@code freshet.store.folder}, and without that, one that ends with the machine's temporary files.
     */
    Optional<Path> folder();

    /** How many bytes the folder may hold; when it is full, streams wait. */
    @WithDefault("268435456")
    long mostBytes();

    /** How long Kafka may take for some letters before they are spilled. */
    @WithDefault("5s")
    Duration timeout();

    /** How often it is tried to bring spilled letters to Kafka. */
    @WithDefault("1s")
    Duration drainEvery();
}
