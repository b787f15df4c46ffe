package io.freshet.kafka.sink;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;

import io.freshet.kafka.KafkaConnection;

/**
 * The progress of a sink with exactly-once delivery: a position on a compacted topic with one partition, committed in the same
 * transaction as the records.
 */
final class ProgressTopic {

    /**
     * A committed position.
     *
     * @param note further information for resuming the stream at this position; empty for none
     */
    record Committed(long position, String note) {

        static final Committed NOTHING = new Committed(0, "");

        static Committed parse(String text) {
            int space = text.indexOf(' ');
            return space < 0 ? new Committed(Long.parseLong(text), "")
                    : new Committed(Long.parseLong(text.substring(0, space)), text.substring(space + 1));
        }

        String text() {
            return note.isEmpty() ? Long.toString(position) : position + " " + note;
        }
    }

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConnection connection;
    private final String topic;
    private final byte[] key;

    /** @param id identifies the sink whose position this is */
    ProgressTopic(KafkaConnection connection, String topic, String id) {
        this.connection = connection;
        this.topic = topic;
        this.key = id.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the message that stores a position. */
    ProducerRecord<byte[], byte[]> message(Committed position) {
        return new ProducerRecord<>(topic, key, position.text().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns the last committed position, or 0 without a note before the first commit. Call it only when no other instance can
     * commit
     * under the id any more.
     *
     * @throws KafkaException if Kafka does not answer
     */
    Committed find() {
        create();
        TopicPartition partition = new TopicPartition(topic, 0);
        Committed position = Committed.NOTHING;
        long end = end(partition);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (KafkaConsumer<byte[], byte[]> consumer = connection.consumer(Map.of("isolation.level", "read_committed",
                "enable.auto.commit", false, "default.api.timeout.ms", (int) PATIENCE.toMillis()))) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (consumer.position(partition) < end) {
                if (System.nanoTime() > deadline) {
                    throw new KafkaException("the committed position cannot be read yet: another stream's transaction is open");
                }
                for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
                    if (message.value() != null && Arrays.equals(message.key(), key)) {
                        position = Committed.parse(new String(message.value(), StandardCharsets.UTF_8));
                    } else if (Arrays.equals(message.key(), key)) {
                        position = Committed.NOTHING;
                    }
                }
            }
        }
        return position;
    }

    /**
     * Returns the end of the topic, including open transactions of other streams. The end for readers of committed messages
     * would be before the first open transaction, and possibly before our own position.
     */
    private long end(TopicPartition partition) {
        try (KafkaConsumer<byte[], byte[]> consumer = connection.consumer(Map.of("isolation.level", "read_uncommitted",
                "enable.auto.commit", false, "default.api.timeout.ms", (int) PATIENCE.toMillis()))) {
            return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        }
    }

    /** Deletes the position, so that a new stream with the name of a deleted one starts at its beginning. */
    void forget() {
        try (var producer = connection.producer(Map.of("delivery.timeout.ms", (int) PATIENCE.toMillis(), "request.timeout.ms",
                (int) PATIENCE.toMillis() / 2, "linger.ms", 0))) {
            producer.send(new ProducerRecord<>(topic, key, null));
        }
    }

    private void create() {
        try (Admin admin = connection.admin(PATIENCE)) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty())
                    .configs(Map.of("cleanup.policy", "compact")))).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new KafkaException(e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException(e);
        }
    }
}
