package io.freshet.kafka;

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

import io.freshet.sink.SinkConfig;
import io.smallrye.common.annotation.Identifier;

/** The address and credentials of Kafka, which all clients share. */
@ApplicationScoped
public class KafkaConnection {

    private final Map<String, Object> common = new HashMap<>();
    private final Map<String, String> own;
    private final Optional<String> defaultTopic;

    /**
     * @param defaults the settings that start with {@code kafka.}
     * @throws IllegalArgumentException if the connection string of Event Hubs is malformed
     */
    @Inject
    public KafkaConnection(@Identifier("default-kafka-broker") Map<String, Object> defaults, SinkConfig config) {
        this(defaults, config.kafka(), config.eventHubs(),
                Optional.of(config.entra()).filter(application -> application.tenantId().isPresent()));
    }

    public KafkaConnection(Map<String, Object> defaults, Map<String, String> own, Optional<String> eventHubs) {
        this(defaults, own, eventHubs, Optional.empty());
    }

    public KafkaConnection(Map<String, Object> defaults, Map<String, String> own, Optional<String> eventHubs,
            Optional<SinkConfig.EntraConfig> entra) {
        common.putAll(defaults);
        eventHubs.ifPresent(text -> common.putAll(entra.map(application -> EventHubs.settings(text, application))
                .orElseGet(() -> EventHubs.settings(text))));
        this.own = own;
        this.defaultTopic = eventHubs.flatMap(EventHubs::hub);
    }

    /** Returns the addresses of the brokers, or empty if Kafka is not configured. */
    public Optional<String> servers() {
        return Optional.ofNullable(common.get(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG)).map(Object::toString)
                .filter(servers -> !servers.isBlank());
    }

    /**
     * Returns the default topic of sinks: the hub that the connection string of Event Hubs names; empty without such a
     * connection string.
     */
    public Optional<String> defaultTopic() {
        return defaultTopic;
    }

    /** Returns the settings of a producer without its serializers. */
    public Map<String, Object> producerSettings() {
        return settings(ProducerConfig.configNames());
    }

    /** Returns the configured settings that a client knows. Kafka logs a warning for all others. */
    private Map<String, Object> settings(Collection<String> known) {
        Map<String, Object> settings = new HashMap<>(common);
        settings.putAll(own);
        settings.keySet().retainAll(known);
        return settings;
    }

    /** Returns the settings of a consumer without its deserializers. */
    public Map<String, Object> consumerSettings() {
        return settings(ConsumerConfig.configNames());
    }

    /** Creates a consumer of bytes, which the caller must close. */
    public KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> more) {
        Map<String, Object> settings = consumerSettings();
        settings.putAll(more);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Creates a producer of bytes, which the caller must close. */
    public KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> settings = producerSettings();
        settings.putAll(more);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Creates an admin client, which the caller must close.
     *
     * @param patience the time limit of one call
     */
    public Admin admin(Duration patience) {
        Map<String, Object> settings = settings(AdminClientConfig.configNames());
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) patience.toMillis());
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) patience.toMillis());
        return Admin.create(settings);
    }
}
