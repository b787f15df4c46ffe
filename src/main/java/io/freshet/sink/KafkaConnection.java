package io.freshet.sink;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import io.smallrye.common.annotation.Identifier;

/** Where Kafka is and how to get in: what all clients have in common. */
@ApplicationScoped
public class KafkaConnection {

    private final Map<String, Object> common = new HashMap<>();
    private final Map<String, String> own;

    /**
     * @param defaults the settings that begin with {@code kafka.}
     * @throws IllegalArgumentException if there is a connection string of Event Hubs, and it is malformed
     */
    @Inject
    public KafkaConnection(@Identifier("default-kafka-broker") Map<String, Object> defaults, SinkConfig config) {
        this(defaults, config.kafka(), config.eventHubs());
    }

    KafkaConnection(Map<String, Object> defaults, Map<String, String> own, Optional<String> eventHubs) {
        common.putAll(defaults);
        eventHubs.ifPresent(text -> common.putAll(EventHubs.settings(text)));
        this.own = own;
    }

    /** Where Kafka is; empty when it is not configured. */
    public Optional<String> servers() {
        return Optional.ofNullable(common.get(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG)).map(Object::toString)
                .filter(servers -> !servers.isBlank());
    }

    /** The settings of a producer, without its serializers. */
    public Map<String, Object> producerSettings() {
        return settings(ProducerConfig.configNames());
    }

    /** What is configured, of the settings that a client knows; others would only be warned of. */
    private Map<String, Object> settings(Collection<String> known) {
        Map<String, Object> settings = new HashMap<>(common);
        settings.putAll(own);
        settings.keySet().retainAll(known);
        return settings;
    }

    /** The settings of a consumer, without its deserializers. */
    public Map<String, Object> consumerSettings() {
        return settings(ConsumerConfig.configNames());
    }

    /** A consumer of bytes, to be closed. */
    public KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> more) {
        Map<String, Object> settings = consumerSettings();
        settings.putAll(more);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** A producer of bytes, to be closed. */
    public KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> settings = producerSettings();
        settings.putAll(more);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * An administrator, to be closed.
     *
     * @param patience how long one call may take
     */
    public Admin admin(Duration patience) {
        Map<String, Object> settings = settings(AdminClientConfig.configNames());
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) patience.toMillis());
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) patience.toMillis());
        return Admin.create(settings);
    }
}
