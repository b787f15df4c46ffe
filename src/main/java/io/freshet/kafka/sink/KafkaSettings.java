package io.freshet.kafka.sink;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.Config;

import io.freshet.kafka.KafkaConnection;
import io.smallrye.reactive.messaging.ClientCustomizer;

/**
 * The settings of producers. Channels that use SmallRye's connector for Kafka get the address and credentials of
 * {@link KafkaConnection}, unless they name a broker of their own.
 */
@ApplicationScoped
public class KafkaSettings implements ClientCustomizer<Map<String, Object>> {

    /** The settings that a stream may change: those that concern speed and safety, but not address and credentials. */
    private static final Set<String> ALLOWED = new TreeSet<>(Set.of("acks", "retries", "linger.ms", "compression.type",
            "compression.gzip.level", "compression.lz4.level", "compression.zstd.level", "max.block.ms", "buffer.memory",
            "batch.size", "delivery.timeout.ms", "request.timeout.ms", "max.request.size", "enable.idempotence",
            "max.in.flight.requests.per.connection", "retry.backoff.ms", "retry.backoff.max.ms", "metadata.max.age.ms",
            "transaction.timeout.ms", "client.id"));

    private static final long MAX_BUFFER = 32L << 20;
    private static final int HEAP_PARTS = 8;

    private final KafkaConnection connection;

    public KafkaSettings(KafkaConnection connection) {
        this.connection = connection;
    }

    @Override
    public Map<String, Object> customize(String channel, Config channelConfig, Map<String, Object> settings) {
        if (connection.servers().isPresent() && channelConfig.getOptionalValue("bootstrap.servers", String.class).isEmpty()) {
            boolean consumes = settings.containsKey(ConsumerConfig.GROUP_ID_CONFIG);
            Map<String, Object> shared = consumes ? connection.consumerSettings() : connection.producerSettings();
            shared.keySet().removeIf(name -> channelConfig.getOptionalValue(name, String.class).isPresent());
            settings.putAll(shared);
        }
        return settings;
    }

    /** Returns the default settings. */
    static Map<String, Object> defaults() {
        // the guard sends a batch again when its acknowledgement is late, so Kafka's own two minutes are too long
        return new HashMap<>(Map.of(ProducerConfig.LINGER_MS_CONFIG, "5", ProducerConfig.BATCH_SIZE_CONFIG, "131072",
                ProducerConfig.MAX_BLOCK_MS_CONFIG, "5000", ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000",
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "20000", ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "1000",
                // on a small heap, less than Kafka's own default
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                String.valueOf(Math.min(MAX_BUFFER, Runtime.getRuntime().maxMemory() / HEAP_PARTS))));
    }

    /**
     * Checks a setting of a stream.
     *
     * @throws IllegalArgumentException if a stream may not change the setting, or the value is not valid
     */
    public static void check(String name, String value) {
        if (!ALLOWED.contains(name)) {
            throw new IllegalArgumentException("cannot be set; expected one of " + String.join(", ", ALLOWED));
        }
        Map<String, Object> settings = new HashMap<>(Map.of("bootstrap.servers", "localhost:9092", "key.serializer",
                ByteArraySerializer.class, "value.serializer", ByteArraySerializer.class));
        settings.put(name, value);
        try {
            new ProducerConfig(settings);
        } catch (ConfigException e) {
            throw new IllegalArgumentException("is not a valid value: " + e.getMessage(), e);
        }
    }
}
