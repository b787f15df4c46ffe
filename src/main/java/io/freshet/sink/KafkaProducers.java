package io.freshet.sink;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.jspecify.annotations.Nullable;

import io.freshet.table.Schema;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;

/**
 * Makes Kafka sinks. Those without settings of their own share the producer behind the channel {@code records}; it connects
 * when the first of them needs it. Records go to it directly: through the channel's emitter, each would need a message
 * object, a context and a completion of its own, which costs most of the throughput.
 */
@ApplicationScoped
public class KafkaProducers {

    static final String CHANNEL = "records";

    private final KafkaConnection connection;
    private final SinkConfig config;
    private final SchemaRegistry registry;
    private final KafkaClientService clients;
    // a channel needs somebody at its near end
    private final Emitter<byte[]> emitter;

    public KafkaProducers(KafkaConnection connection, SinkConfig config, SchemaRegistry registry, KafkaClientService clients,
            @Channel(CHANNEL) Emitter<byte[]> emitter) {
        this.connection = connection;
        this.config = config;
        this.registry = registry;
        this.clients = clients;
        this.emitter = emitter;
    }

    /** Where Kafka is; empty when it is not configured. */
    public Optional<String> servers() {
        return connection.servers();
    }

    /** Whether there is a registry for schemas. */
    public boolean hasRegistry() {
        return registry.isConfigured();
    }

    /**
     * A sink for a topic.
     *
     * @param id of the sink, unique among all: names its transactions
     * @param columns of records that have no fixed ones, where the format needs them; null if all have
     */
    public Sink sink(String id, KafkaTarget target, @Nullable Schema columns) {
        return target.exactlyOnce() ? transactional(id, target, columns, null)
                : new KafkaSink(new ProducerLease(() -> plain(target)), target, framing(target, columns));
    }

    /**
     * A sink for a topic whose records come of what is read from another: both are committed together.
     *
     * @param id as of {@link #sink(String, KafkaTarget, Schema)}
     */
    public TransactionalKafkaSink sink(String id, KafkaTarget target, @Nullable Schema columns, ReadPositions read) {
        return transactional(id, target, columns, read);
    }

    private TransactionalKafkaSink transactional(String id, KafkaTarget target, @Nullable Schema columns,
            @Nullable ReadPositions read) {
        Map<String, Object> transactional = Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "freshet-" + id);
        return new TransactionalKafkaSink(new ProducerLease(() -> own(target, transactional)),
                new CommittedPositions(connection, config.positionsTopic(), id), read, target, framing(target, columns));
    }

    private @Nullable MessageFraming framing(KafkaTarget target, @Nullable Schema columns) {
        return target.format().map(format -> new MessageFraming(format, registry, target, columns)).orElse(null);
    }

    /** The shared one, unless something about it does not fit. */
    private ProducerLease.Leased plain(KafkaTarget target) {
        return target.settings().isEmpty() && sizes(target).isEmpty() ? new ProducerLease.Leased(producer(), false)
                : own(target, Map.of());
    }

    private ProducerLease.Leased own(KafkaTarget target, Map<String, Object> more) {
        Map<String, Object> settings = settings(target);
        settings.putAll(sizes(target));
        settings.putAll(more);
        return new ProducerLease.Leased(connection.producer(settings), true);
    }

    private Map<String, Object> settings(KafkaTarget target) {
        Map<String, Object> settings = KafkaSettings.defaults();
        settings.putAll(connection.producerSettings());
        settings.putAll(target.settings());
        return settings;
    }

    /** What fits a topic that takes less at once than would be sent: then it is known which record is too large for it. */
    private Map<String, Object> sizes(KafkaTarget target) {
        int batch = Integer.parseInt(String.valueOf(settings(target).get(ProducerConfig.BATCH_SIZE_CONFIG)));
        OptionalInt limit = TopicLimit.find(connection, target.topic());
        return limit.isEmpty() || limit.getAsInt() >= batch ? Map.of()
                : Map.of(ProducerConfig.BATCH_SIZE_CONFIG, limit.getAsInt(), ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        limit.getAsInt());
    }

    /** Sends a message that belongs to no stream, without waiting for it. */
    public void send(String topic, byte[] value) {
        producer().send(new ProducerRecord<>(topic, value));
    }

    /** Makes the producer on the first call, which blocks while the addresses of the servers are looked up. */
    Producer<byte[], byte[]> producer() {
        return clients.<byte[], byte[]> getProducer(CHANNEL).<Producer<byte[], byte[]>> runOnSendingThread(p -> p).await()
                .indefinitely();
    }
}
