package io.freshet.deadletter.channel;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads the current contents of the topic of dead letters. It reads the topic twice, because deletions follow the letters they
 * delete, and deleted letters must not count towards the limits. Confined to one thread.
 */
final class DeadLetterScanner {

    private static final Duration POLL = Duration.ofMillis(200);

    /** Processes a message. */
    @FunctionalInterface
    private interface Note {
        void take(String id, ConsumerRecord<byte[], byte[]> message);
    }

    private final Consumer<byte[], byte[]> consumer;
    private final Duration timeout;
    private final List<TopicPartition> partitions;
    private final Map<TopicPartition, Long> ends;

    /** @param timeout how long no message may arrive before reading fails */
    DeadLetterScanner(Consumer<byte[], byte[]> consumer, String topic, Duration timeout) {
        this.consumer = consumer;
        this.timeout = timeout;
        this.partitions = consumer.partitionsFor(topic).stream().map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        this.ends = consumer.endOffsets(partitions);
    }

    /**
     * Adds the letters that have not been deleted, oldest first.
     *
     * @throws KafkaException if Kafka does not answer
     */
    void find(DeadLetterPage found) {
        Set<String> gone = new HashSet<>();
        read(() -> false, (id, message) -> {
            if (message.value() == null) {
                gone.add(id);
            } else {
                gone.remove(id);
            }
        });
        read(found::isFull, (id, message) -> {
            if (message.value() != null && !gone.contains(id)) {
                DeadLetterMessage.letter(id, message).ifPresent(found::add);
            }
        });
    }

    private void read(BooleanSupplier enough, Note note) {
        consumer.seekToBeginning(partitions);
        long heard = System.nanoTime();
        while (!enough.getAsBoolean() && partitions.stream().anyMatch(this::isAhead)) {
            ConsumerRecords<byte[], byte[]> messages = consumer.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> each : messages) {
                if (each.key() != null) {
                    note.take(new String(each.key(), StandardCharsets.UTF_8), each);
                }
            }
            if (!messages.isEmpty()) {
                heard = System.nanoTime();
            } else if (System.nanoTime() - heard >= timeout.toNanos()) {
                throw new KafkaException("no answer in time");
            }
        }
    }

    private boolean isAhead(TopicPartition partition) {
        return consumer.position(partition) < ends.getOrDefault(partition, 0L);
    }
}
