package io.freshet.sink;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.Config;

import io.smallrye.reactive.messaging.ClientCustomizer;

/** The settings of producers: gives that of the channel {@code records} those of {@link KafkaConnection}. */
@ApplicationScoped
public class KafkaSettings implements ClientCustomizer<Map<String, Object>> {

    /** What a stream may set: what is about speed and safety, and not about where Kafka is and how to get in. */
    private static final Set<String> ALLOWED = new TreeSet<>(Set.of("acks", "retries", "linger.ms", "compression.type",
            "compression.gzip.level", "compression.lz4.level", "compression.zstd.level", "max.block.ms", "buffer.memory",
            "batch.size", "delivery.timeout.ms", "request.timeout.ms", "max.request.size", "enable.idempotence",
            "max.in.flight.requests.per.connection", "retry.backoff.ms", "retry.backoff.max.ms", "metadata.max.age.ms",
            "transaction.timeout.ms", "client.id"));

    private final KafkaConnection connection;

    public KafkaSettings(KafkaConnection connection) {
        this.connection = connection;
    }

    @Override
    public Map<String, Object> customize(String channel, Config channelConfig, Map<String, Object> settings) {
        if (channel.equals(KafkaProducers.CHANNEL)) {
            defaults().forEach(settings::putIfAbsent);
            settings.putAll(connection.producerSettings());
        }
        return settings;
    }

    /** What is set unless somebody says otherwise. */
    static Map<String, Object> defaults() {
        // a batch whose acknowledgement is late is sent again by the guard, so Kafka's own two minutes are too long
        return new HashMap<>(Map.of(ProducerConfig.LINGER_MS_CONFIG, "5", ProducerConfig.BATCH_SIZE_CONFIG, "131072",
                ProducerConfig.MAX_BLOCK_MS_CONFIG, "5000", ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000",
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "20000", ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "1000"));
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
        Map<String, Object> settings = new HashMap<>(Map.of("bootstrap.servers", "localhost:9092", "key.serializer",
                ByteArraySerializer.class, "value.serializer", ByteArraySerializer.class));
        settings.put(name, value);
        try {
            new ProducerConfig(settings);
        } catch (ConfigException e) {
            throw new IllegalArgumentException("is no value for it: " + e.getMessage(), e);
        }
    }
}
