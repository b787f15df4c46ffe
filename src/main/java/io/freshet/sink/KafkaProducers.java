package io.freshet.sink;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * The one Kafka producer that all Kafka sinks share, made when the first of them needs it. It is used directly and not through
 * a
 * channel, which would make a message object, a context and a completion for every record.
 */
@ApplicationScoped
public class KafkaProducers {

    private final Optional<String> servers;
    private final SinkConfig config;
    private @Nullable Producer<byte[], byte[]> producer;

    public KafkaProducers(@ConfigProperty(name = "kafka.bootstrap.servers") Optional<String> servers, SinkConfig config) {
        this.servers = servers;
        this.config = config;
    }

    /** Where Kafka is; empty when it is not configured. */
    public Optional<String> servers() {
        return servers.filter(value -> !value.isBlank());
    }

    synchronized Producer<byte[], byte[]> producer() {
        if (producer == null) {
            Map<String, Object> settings = new HashMap<>();
            settings.put(ProducerConfig.LINGER_MS_CONFIG, "5");
            settings.put(ProducerConfig.BATCH_SIZE_CONFIG, "131072");
            settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "5000");
            settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000");
            settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "20000");
            settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "1000");
            settings.putAll(config.kafka());
            settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                    servers().orElseThrow(() -> new IllegalStateException("Kafka is not configured")));
            settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
            settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
            producer = new KafkaProducer<>(settings);
        }
        return producer;
    }

    @PreDestroy
    synchronized void close() {
        if (producer != null) {
            producer.close(Duration.ofSeconds(5));
        }
    }
}
