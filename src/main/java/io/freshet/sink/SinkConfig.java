package io.freshet.sink;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Controls how records are delivered. */
@ConfigMapping(prefix = "freshet.sinks")
public interface SinkConfig {

    /** Limits the duration of one attempt to deliver a batch. */
    @WithDefault("30s")
    Duration timeout();

    /** Sets how often a failed attempt is retried before the batch waits for {@code freshet.sinks.failing-delay}. */
    @WithDefault("3")
    int retries();

    /** Sets the delay before the first retry. It doubles with each further retry. */
    @WithDefault("200ms")
    Duration retryDelay();

    /**
     * Sets the number of consecutive failures after which a sink's circuit breaker opens. The value 0 disables circuit
     * breakers.
     */
    @WithDefault("5")
    int breakerFailures();

    /** Sets how long a sink's circuit breaker stays open before another attempt is made. */
    @WithDefault("5s")
    Duration breakerDelay();

    /** Overrides settings for one kind of sink, such as kafka, mongodb or file. */
    Map<String, Guard> guard();

    /** Controls the queue in front of every sink. */
    Queue queue();

    /**
     * Limits how long a failing sink may delay records before they become dead letters. By default they wait until the sink
     * works again.
     */
    Optional<Duration> giveUpAfter();

    /**
     * Sets the delay before a batch whose retries have all failed is tried again. It doubles each further time, up to
     * {@code freshet.sinks.longest-failing-delay}.
     */
    @WithDefault("1s")
    Duration failingDelay();

    /** Limits the delay before a batch whose retries have all failed is tried again. */
    @WithDefault("10s")
    Duration longestFailingDelay();

    /** Names the folder in which file sinks may write. Without it streams cannot have file sinks. */
    Optional<Path> filesFolder();

    /**
     * Limits the size of a sink's file unless the sink sets its own limit. When the file is full, the sink accepts no more
     * records or rolls the file over.
     */
    @WithDefault("1G")
    MemorySize filesMaxSize();

    /** Sets properties of the Kafka producer by their Kafka names. */
    Map<String, String> kafka();

    /** A queue in front of a sink. */
    interface Queue {

        /** Limits the number of records that wait in the queue of a sink or are in flight. */
        @WithDefault("10000")
        int records();

        /**
         * Selects what happens to records that do not fit into the queue of a sink: block, drop_oldest, drop_newest or sample.
         */
        @WithDefault("block")
        String overflow();

        /** Sets the share of the records that do not fit into the queue which the overflow strategy {@code sample} keeps. */
        @WithDefault("0.1")
        double sampleRate();
    }

    /** Returns the settings of the queues in front of sinks. */
    default QueueSettings queueSettings() {
        OverflowStrategy strategy = OverflowStrategy.find(queue().overflow()).orElseThrow(
                () -> new IllegalArgumentException("freshet.sinks.queue.overflow must be one of " + OverflowStrategy.ids()));
        return new QueueSettings(queue().records(), strategy, queue().sampleRate(), giveUpAfter());
    }

    /** Names the topic for the positions of streams with exactly-once delivery. */
    @WithDefault("freshet.positions")
    String positionsTopic();

    /** Sets the connection string of Azure Event Hubs, which then serves as Kafka. */
    Optional<String> eventHubs();

    /**
     * Configures the application of Microsoft Entra ID that signs in to Event Hubs. Without it, a shared access key is used.
     */
    EntraConfig entra();

    /** An application that is registered with Microsoft Entra ID. */
    interface EntraConfig {

        /**
         * Sets the tenant of the application of Microsoft Entra ID that signs in to Event Hubs. Without it, the shared access
         * key of the connection string is used.
         */
        Optional<String> tenantId();

        /** Sets the client id of the application of Microsoft Entra ID. */
        Optional<String> clientId();

        /** Sets the client secret of the application of Microsoft Entra ID. */
        Optional<String> clientSecret();

        /** Sets the address of Microsoft Entra ID in a national cloud. By default it is that of the public cloud. */
        Optional<String> authority();
    }

    /** Settings for one kind of sink. */
    interface Guard {

        /** Limits the duration of one attempt to deliver a batch to a sink of this kind. */
        Optional<Duration> timeout();

        /** Sets how often a sink of this kind retries a failed attempt. */
        OptionalInt retries();

        /** Sets the delay before the first retry by a sink of this kind. */
        Optional<Duration> retryDelay();

        /** Sets the number of consecutive failures after which the circuit breaker of a sink of this kind opens. */
        OptionalInt breakerFailures();

        /** Sets how long the circuit breaker of a sink of this kind stays open before another attempt is made. */
        Optional<Duration> breakerDelay();
    }

    /** Returns the resilience settings of a kind of sink. */
    default GuardSettings guardOf(String kind) {
        Optional<Guard> own = Optional.ofNullable(guard().get(kind));
        return new GuardSettings(own.flatMap(Guard::timeout).orElse(timeout()),
                own.map(Guard::retries).orElse(OptionalInt.empty()).orElse(retries()),
                own.flatMap(Guard::retryDelay).orElse(retryDelay()),
                own.map(Guard::breakerFailures).orElse(OptionalInt.empty()).orElse(breakerFailures()),
                own.flatMap(Guard::breakerDelay).orElse(breakerDelay()));
    }
}
