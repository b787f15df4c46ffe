package io.freshet.sink;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

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

    /** Exceptions from the above, by the kind of sink: kafka, websocket, file. */
    Map<String, Guard> guard();

    /** The queue in front of every sink. */
    Queue queue();

    /**
     * How long a failing sink may hold records up before they become dead letters; without it they wait for as long as it
     * takes.
     */
    Optional<Duration> giveUpAfter();

    /** How long a batch waits before it is tried again when all its attempts have failed; twice as long each further time. */
    @WithDefault("1s")
    Duration failingDelay();

    /** The longest such wait. */
    @WithDefault("10s")
    Duration longestFailingDelay();

    /** The folder that file sinks may write to; without it there are no file sinks. */
    Optional<Path> filesFolder();

    /** Settings of the Kafka producer, by their Kafka names. */
    Map<String, String> kafka();

    /** A queue in front of a sink. */
    interface Queue {

        /** How many records may wait or be on their way. */
        @WithDefault("10000")
        int records();

        /** What happens to records for which there is no room: block, drop_oldest, drop_newest, sample. */
        @WithDefault("block")
        String overflow();

        /** The share of them that sample keeps. */
        @WithDefault("0.1")
        double sampleRate();
    }

    /** How records wait for a sink. */
    default QueueSettings queueSettings() {
        OverflowStrategy strategy = OverflowStrategy.find(queue().overflow()).orElseThrow(
                () -> new IllegalArgumentException("freshet.sinks.queue.overflow must be one of " + OverflowStrategy.ids()));
        return new QueueSettings(queue().records(), strategy, queue().sampleRate(), giveUpAfter());
    }

    /** The topic of the positions of streams that deliver exactly once. */
    @WithDefault("freshet.positions")
    String positionsTopic();

    /** The connection string of Azure Event Hubs, where that is the Kafka there is. */
    Optional<String> eventHubs();

    /** What is different for one kind of sink. */
    interface Guard {

        /** How long one attempt to deliver a batch may take. */
        Optional<Duration> timeout();

        /** How often a failed attempt is repeated at once. */
        OptionalInt retries();

        /** How long the first repetition waits. */
        Optional<Duration> retryDelay();

        /** After how many failures in a row the sink is left alone for a while. */
        OptionalInt breakerFailures();

        /** For how long. */
        Optional<Duration> breakerDelay();
    }

    /** How sinks of a kind are guarded. */
    default GuardSettings guardOf(String kind) {
        Optional<Guard> own = Optional.ofNullable(guard().get(kind));
        return new GuardSettings(own.flatMap(Guard::timeout).orElse(timeout()),
                own.map(Guard::retries).orElse(OptionalInt.empty()).orElse(retries()),
                own.flatMap(Guard::retryDelay).orElse(retryDelay()),
                own.map(Guard::breakerFailures).orElse(OptionalInt.empty()).orElse(breakerFailures()),
                own.flatMap(Guard::breakerDelay).orElse(breakerDelay()));
    }
}
