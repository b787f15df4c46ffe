package io.freshet.stream.cluster;

import java.time.Duration;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;

/** How several instances share one store and divide its streams among themselves, by Kafka's group protocol. */
@ConfigMapping(prefix = "freshet.sharing")
public interface ClusterConfig {

    /**
     * Shares the store with other instances. By default it is shared if it is in MongoDB or Redis and Kafka is configured. A
     * folder can also be shared if all instances see the same one.
     */
    Optional<Boolean> enabled();

    /**
     * Names the topic whose partitions divide the streams among the instances. The topic contains no messages, and is created
     * if it does not exist.
     */
    @WithDefault("freshet.shards")
    String topic();

    /** Names the consumer group of all instances that share a store. */
    @WithDefault("freshet-instances")
    String group();

    /**
     * Sets the number of slots: the partitions with which the topic is created. No more instances than this can run streams.
     */
    @WithName("shards")
    @WithDefault("60")
    int slots();

    /**
     * Names the compacted topic on which instances tell each other the statistics and the health of their streams, once a
     * second. It is created if it does not exist.
     */
    @WithDefault("freshet.statistics")
    String statisticsTopic();

    /**
     * Names this instance in the group for as long as it is configured, such as the name of a pod of a StatefulSet. An instance
     * that returns under its name before the others take over keeps its streams, and nothing moves. By default, an instance
     * that ends gives up its streams at once.
     */
    Optional<String> instance();

    /**
     * Selects the group protocol of Kafka: classic, or consumer (KIP-848), which needs Kafka 4.0 or later and moves streams
     * without stopping the whole group. With consumer, the session time-out of the broker applies instead of take-over-after.
     */
    @WithDefault("classic")
    String protocol();

    /** Limits how long an instance may be silent before other instances take over its streams and its fits. */
    @WithDefault("10s")
    Duration takeOverAfter();
}
