package io.freshet.sink;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How records are delivered. */
@ConfigMapping(prefix = "freshet.sinks")
public interface SinkConfig {

    /** How long one attempt to deliver a batch may take. */
    @WithDefault("30s")
    Duration timeout();

    /** How often a failed attempt is repeated at once. */
    @WithDefault("3")
    int retries();

    /** How long the first repetition waits; each further one twice as long. */
    @WithDefault("200ms")
    Duration retryDelay();

    /** After how many failures in a row a sink is left alone for a while. */
    @WithDefault("5")
    int breakerFailures();

    /** For how long. */
    @WithDefault("5s")
    Duration breakerDelay();

    /** How long a batch waits before it is tried again when all its attempts have failed. */
    @WithDefault("1s")
    Duration failingDelay();

    /** The folder that file sinks may write to; without it there are no file sinks. */
    Optional<Path> filesFolder();

    /** Settings of the Kafka producer, by their Kafka names. */
    Map<String, String> kafka();
}
