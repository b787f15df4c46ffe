package io.freshet.kafka.sink;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

import io.freshet.kafka.ExactlyOnceCoordinator;
import io.freshet.kafka.KafkaConnection;
import io.freshet.kafka.KafkaProbe;
import io.freshet.kafka.SchemaRegistry;
import io.freshet.sink.Sink;
import io.freshet.sink.SinkConfig;
import io.freshet.table.Schema;

/**
 * Creates Kafka sinks. Sinks without their own settings share a producer, which connects when the first of them needs it.
 */
@ApplicationScoped
public class KafkaProducers {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /**
     * The time after which the broker aborts the transaction of an instance that has died. Others wait for its end before they
     * read on in its partitions, because no other instance uses its transactional id.
     */
    private static final int SHARED_TIMEOUT_MILLIS = 20_000;

    private final KafkaConnection connection;
    private final SinkConfig config;
    private final SchemaRegistry registry;
    private final KafkaProbe probe;
    private @Nullable Producer<byte[], byte[]> shared;

    public KafkaProducers(KafkaConnection connection, SinkConfig config, SchemaRegistry registry, KafkaProbe probe) {
        this.connection = connection;
        this.config = config;
        this.registry = registry;
        this.probe = probe;
    }

    /** Returns the addresses of the brokers, or empty if Kafka is not configured. */
    public Optional<String> servers() {
        return connection.servers();
    }

    /** Returns the default topic of sinks; empty if each sink must name its topic. */
    public Optional<String> defaultTopic() {
        return connection.defaultTopic();
    }

    /** Returns the address of the schema registry, or empty if it is not configured. */
    public Optional<String> registryUrl() {
        return registry.url();
    }

    /** Returns whether a schema registry is configured. */
    public boolean hasRegistry() {
        return registry.isConfigured();
    }

    /**
     * Creates a sink for a topic.
     *
     * @param id the id of the sink, unique among all sinks, which names its transactions
     * @param run identifies one life of the stream and is part of the ids of its records
     * @param columns the columns of records without fixed columns if the format needs them; null if all records have them
     */
    public Sink sink(String id, String run, KafkaTarget target, @Nullable Schema columns) {
        return target.exactlyOnce() ? transactional(
                Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId(id)), id, run, target, columns, null)
                : new KafkaSink(new LazyProducer(() -> plain(target)), probe, target, framing(target, columns), run);
    }

    /**
     * Creates a sink for a topic whose records originate from another topic. Both are committed together.
     *
     * @param id as in {@link #sink(String, String, KafkaTarget, Schema)}
     * @param shared whether several instances may read the topic at once. Each then has a transactional id of its own, so that
     *        they do not fence each other off, and the generation of their consumer group decides whose transactions count.
     *        Otherwise an instance that starts fences off its predecessor.
     */
    public TransactionalKafkaSink sink(String id, String run, KafkaTarget target, @Nullable Schema columns,
            ExactlyOnceCoordinator read, boolean shared) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId(id) + (shared ? "-" + UUID.randomUUID() : ""));
        if (shared && !target.settings().containsKey(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG)) {
            settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, SHARED_TIMEOUT_MILLIS);
        }
        TransactionalKafkaSink sink = transactional(settings, id, run, target, columns, read);
        read.runBy(sink);
        return sink;
    }

    private static String transactionalId(String id) {
        return "freshet-" + id;
    }

    private TransactionalKafkaSink transactional(Map<String, Object> settings, String id, String run, KafkaTarget target,
            @Nullable Schema columns, @Nullable ExactlyOnceCoordinator read) {
        return new TransactionalKafkaSink(new LazyProducer(() -> own(target, settings)),
                new ProgressTopic(connection, config.positionsTopic(), id), probe, read, target, framing(target, columns),
                run);
    }

    private @Nullable ConfluentWireFormat framing(KafkaTarget target, @Nullable Schema columns) {
        return target.format().map(format -> new ConfluentWireFormat(format, registry, target, columns)).orElse(null);
    }

    /** Returns the shared producer, unless the target needs other settings. */
    private LazyProducer.Leased plain(KafkaTarget target) {
        return target.settings().isEmpty() && sizes(target).isEmpty() ? new LazyProducer.Leased(producer(), false)
                : own(target, Map.of());
    }

    private LazyProducer.Leased own(KafkaTarget target, Map<String, Object> more) {
        Map<String, Object> settings = settings(target);
        settings.putAll(sizes(target));
        settings.putAll(more);
        return new LazyProducer.Leased(connection.producer(settings), true);
    }

    private Map<String, Object> settings(KafkaTarget target) {
        Map<String, Object> settings = KafkaSettings.defaults();
        settings.putAll(connection.producerSettings());
        settings.putAll(target.settings());
        return settings;
    }

    /**
     * Returns producer settings that limit the size of batches to what the topic accepts, so that a rejection identifies the
     * record that is too large.
     */
    private Map<String, Object> sizes(KafkaTarget target) {
        int batch = Integer.parseInt(String.valueOf(settings(target).get(ProducerConfig.BATCH_SIZE_CONFIG)));
        OptionalInt limit = TopicLimit.find(connection, target.topic());
        return limit.isEmpty() || limit.getAsInt() >= batch ? Map.of()
                : Map.of(ProducerConfig.BATCH_SIZE_CONFIG, limit.getAsInt(), ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        limit.getAsInt());
    }

    /** Sends a message that belongs to no stream, without waiting for the acknowledgement. */
    public void send(String topic, byte[] value) {
        producer().send(new ProducerRecord<>(topic, value));
    }

    /** Creates the producer on the first call, which blocks while the addresses of the brokers are resolved. */
    synchronized Producer<byte[], byte[]> producer() {
        Producer<byte[], byte[]> known = shared;
        if (known == null) {
            Map<String, Object> settings = KafkaSettings.defaults();
            settings.putAll(connection.producerSettings());
            known = connection.producer(settings);
            shared = known;
        }
        return known;
    }

    @PreDestroy
    synchronized void close() {
        Producer<byte[], byte[]> known = shared;
        if (known != null) {
            known.close(PATIENCE);
        }
    }
}
