package io.freshet.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.freshet.thread.ThreadKind;
import io.freshet.thread.Threads;

/**
 * The latest value of each key on a compacted topic with one partition, which all instances write and read. Values may be lost
 * while Kafka is unavailable, so they must be sent again and again. Thread-safe.
 */
public final class LatestValues implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(LatestValues.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
    /** How long the topic keeps values that are not sent again. */
    private static final Duration RETENTION = Duration.ofHours(1);

    /**
     * A value.
     *
     * @param time when it was sent, in milliseconds since 1970
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Value(byte[] bytes, long time) {
    }

    private final KafkaConnection connection;
    private final String topic;
    private final Map<String, Value> values = new ConcurrentHashMap<>();
    private final Thread thread = Threads.create(ThreadKind.STATISTICS, this::run);
    private @Nullable KafkaProducer<byte[], byte[]> producer;
    private volatile boolean closed;

    public LatestValues(KafkaConnection connection, String topic) {
        this.connection = connection;
        this.topic = topic;
    }

    /** Starts to read. */
    public void start() {
        thread.start();
    }

    /** Returns the latest value of a key that has arrived here. */
    public Optional<Value> find(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** Sends values, without waiting for the acknowledgements. */
    public synchronized void send(Map<String, byte[]> latest) {
        if (closed || latest.isEmpty()) {
            return;
        }
        KafkaProducer<byte[], byte[]> to = producer;
        try {
            if (to == null) {
                to = connection.producer(Map.of("linger.ms", 20, "max.block.ms", POLL.toMillis(), "delivery.timeout.ms",
                        (int) PATIENCE.toMillis(), "request.timeout.ms", (int) PATIENCE.toMillis() / 2, "acks", "1",
                        "enable.idempotence", false));
                producer = to;
            }
            for (Map.Entry<String, byte[]> each : latest.entrySet()) {
                to.send(new ProducerRecord<>(topic, 0, each.getKey().getBytes(StandardCharsets.UTF_8), each.getValue()));
            }
        } catch (KafkaException e) {
            LOG.debugf("Values could not be sent: topic=%s reason=%s", topic, e.getMessage());
        }
    }

    private void run() {
        while (!closed) {
            try {
                create();
                read();
            } catch (KafkaException e) {
                LOG.debugf("Values cannot be read: topic=%s reason=%s", topic, e.getMessage());
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void create() {
        try (Admin admin = connection.admin(PATIENCE)) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty()).configs(Map.of("cleanup.policy",
                    "compact,delete", "retention.ms", String.valueOf(RETENTION.toMillis()))))).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new KafkaException(e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException(e);
        }
    }

    private void read() {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<byte[], byte[]> consumer = connection.consumer(
                Map.of("enable.auto.commit", false, "auto.offset.reset", "earliest"))) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (!closed) {
                for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
                    String key = new String(message.key(), StandardCharsets.UTF_8);
                    if (message.value() == null) {
                        values.remove(key);
                    } else {
                        values.put(key, new Value(message.value(), message.timestamp()));
                    }
                }
                long oldest = System.currentTimeMillis() - RETENTION.toMillis();
                values.values().removeIf(value -> value.time() < oldest);
            }
        }
    }

    /** Stops sending and reading. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        synchronized (this) {
            if (producer != null) {
                producer.close(Duration.ZERO);
            }
        }
    }
}
