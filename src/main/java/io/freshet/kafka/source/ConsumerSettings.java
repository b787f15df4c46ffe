package io.freshet.kafka.source;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The settings of consumers that a stream may override. */
public final class ConsumerSettings {

    /** Settings that affect speed and reliability, but not where Kafka is or how clients authenticate. */
    private static final Set<String> ALLOWED = new TreeSet<>(Set.of("isolation.level", "session.timeout.ms",
            "heartbeat.interval.ms", "max.poll.interval.ms", "max.poll.records", "fetch.min.bytes", "fetch.max.bytes",
            "fetch.max.wait.ms", "max.partition.fetch.bytes", "request.timeout.ms", "metadata.max.age.ms", "client.id",
            "client.rack", "group.instance.id"));

    private static final int HEAP_PARTS = 16;

    private ConsumerSettings() {
    }

    /** Returns the settings that apply unless a stream overrides them. */
    public static Map<String, Object> defaults() {
        // messages of aborted transactions must not be read
        return new HashMap<>(Map.of(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "1000",
                // Kafka's own default is a quarter of a small heap
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG, String.valueOf(
                        Math.min(ConsumerConfig.DEFAULT_FETCH_MAX_BYTES, Runtime.getRuntime().maxMemory() / HEAP_PARTS))));
    }

    /**
     * Checks a setting of a stream.
     *
     * @throws IllegalArgumentException if the setting may not be overridden, or the value is invalid
     */
    public static void check(String name, String value) {
        if (!ALLOWED.contains(name)) {
            throw new IllegalArgumentException("cannot be set; expected one of " + String.join(", ", ALLOWED));
        }
        Map<String, Object> settings = new HashMap<>(Map.of("bootstrap.servers", "localhost:9092", "key.deserializer",
                ByteArrayDeserializer.class, "value.deserializer", ByteArrayDeserializer.class));
        settings.put(name, value);
        try {
            new ConsumerConfig(settings);
        } catch (ConfigException e) {
            throw new IllegalArgumentException("is not a valid value: " + e.getMessage(), e);
        }
    }
}
