package io.freshet.deadletter.channel;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Controls where records are stored that could not be delivered. */
@ConfigMapping(prefix = "freshet.dead-letters")
public interface DeadLetterConfig {

    /** Names the topic for dead letters, which is used if Kafka is configured. */
    @WithDefault("freshet.dead-letters")
    String topic();

    /**
     * Names the folder in which dead letters are stored while Kafka is unavailable or if it is not configured. By default it is
     * {@code dead-letters} in {@code freshet.store.folder}; without that folder it is a temporary folder that is deleted at
     * shutdown.
     */
    Optional<Path> folder();

    /** Limits the size of the folder for dead letters in bytes. When the folder is full, streams wait. */
    @WithDefault("268435456")
    long mostBytes();

    /** Limits how long Kafka may take to acknowledge dead letters before they are written to the folder. */
    @WithDefault("5s")
    Duration timeout();

    /**
     * Adds the headers of Kafka Connect ({@code __connect.errors.*}) to dead letters, beside those of SmallRye
     * ({@code dead-letter-*}) and of Freshet.
     */
    @WithDefault("false")
    boolean connectHeaders();

    /** Sets the interval at which the service tries to move dead letters from the folder to Kafka. */
    @WithDefault("1s")
    Duration drainEvery();
}
