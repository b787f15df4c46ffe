package io.freshet.stream;

import java.time.Duration;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Several instances with one store divide its streams among themselves, by Kafka's group protocol. */
@ConfigMapping(prefix = "freshet.sharing")
public interface SharingConfig {

    /**
     * Whether the store is shared with other instances; without it, if it is in MongoDB or Redis and Kafka is configured. A
     * folder may be shared too, if all instances see the same one.
     */
    Optional<Boolean> enabled();

    /** The topic whose partitions divide the streams; it has no messages, and is made when it is not there. */
    @WithDefault("freshet.shards")
    String topic();

    /** The consumer group of all instances that share a store. */
    @WithDefault("freshet-instances")
    String group();

    /** How many partitions the topic gets when it is made: no more instances than that have streams. */
    @WithDefault("60")
    int shards();

    /** How long an instance may be silent until others take its streams over. */
    @WithDefault("10s")
    Duration takeOverAfter();
}
