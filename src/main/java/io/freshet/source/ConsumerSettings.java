package io.freshet.source;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The settings of consumers that a stream may have. */
public final class ConsumerSettings {

    /** What is about speed and safety, and not about where Kafka is and how to get in. */
    private static final Set<String> ALLOWED = new TreeSet<>(Set.of("isolation.level", "session.timeout.ms",
            "heartbeat.interval.ms", "max.poll.interval.ms", "max.poll.records", "fetch.min.bytes", "fetch.max.bytes",
            "fetch.max.wait.ms", "max.partition.fetch.bytes", "request.timeout.ms", "metadata.max.age.ms", "client.id",
            "client.rack", "group.instance.id"));

    private ConsumerSettings() {
    }

    /** What is set unless somebody says otherwise. */
    public static Map<String, Object> defaults() {
        // what a transaction took back is no message
        return new HashMap<>(Map.of(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "1000"));
    }

    /**
     * Checks what a stream sets.
     *
     * @throws IllegalArgumentException if it may not, or the value is none
     */
    public static void check(String name, String value) {
        if (!ALLOWED.contains(name)) {
            throw new IllegalArgumentException("cannot be set; there are " + String.join(", ", ALLOWED));
        }
        Map<String, Object> settings = new HashMap<>(Map.of("bootstrap.servers", "localhost:9092", "key.deserializer",
                ByteArrayDeserializer.class, "value.deserializer", ByteArrayDeserializer.class));
        settings.put(name, value);
        try {
            new ConsumerConfig(settings);
        } catch (ConfigException e) {
            throw new IllegalArgumentException("is no value for it: " + e.getMessage(), e);
        }
    }
}
