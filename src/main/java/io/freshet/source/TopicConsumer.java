package io.freshet.source;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a topic in batches, by size and time. When Kafka goes away, batches are empty until it is back. Confined to one thread,
 * except for {@link #pause}, {@link #resume}, {@link #seekToBeginning}, which take effect with the next batch.
 */
public final class TopicConsumer implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    /**
     * What is read, and how.
     *
     * @param group in whose name positions are committed
     * @param fromBeginning whether to begin with the oldest message, where nothing is committed; else with those from now on
     * @param mostMessages how many make a batch
     * @param longestWait how long a batch waits for more
     * @param autoCommit whether positions are committed when the next batch is asked for; else only by {@link #commit}
     */
    public record Settings(String topic, String group, boolean fromBeginning, int mostMessages, Duration longestWait,
            boolean autoCommit) {
    }

    /** A message. */
    public record Message(byte @Nullable [] key, byte @Nullable [] value, int partition, long offset) {

        private static Message of(ConsumerRecord<byte[], byte[]> message) {
            return new Message(message.key(), message.value(), message.partition(), message.offset());
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Message message && message.partition == partition && message.offset == offset;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(offset) * 31 + partition;
        }
    }

    private final Settings settings;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private volatile boolean paused;
    private volatile boolean toBeginning;
    private volatile long lag;
    private boolean uncommitted;

    /**
     * @param connection settings of the client: where Kafka is and how to get in
     */
    public TopicConsumer(Map<String, Object> connection, Settings settings) {
        this.settings = settings;
        Map<String, Object> all = new HashMap<>(connection);
        all.put("group.id", settings.group());
        all.put("enable.auto.commit", false);
        all.put("auto.offset.reset", settings.fromBeginning() ? "earliest" : "latest");
        all.put("max.poll.records", Math.min(settings.mostMessages(), 1000));
        this.consumer = new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(settings.topic()), new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(java.util.Collection<TopicPartition> partitions) {
                // what was read and not committed comes again, to whoever has the partition then
            }

            @Override
            public void onPartitionsAssigned(java.util.Collection<TopicPartition> partitions) {
                if (paused) {
                    consumer.pause(partitions);
                }
            }
        });
    }

    /** The next messages: as many as make a batch, or those that come within the wait; empty if none do. */
    public List<Message> next() {
        if (settings.autoCommit()) {
            commit();
        }
        steer();
        List<Message> batch = new ArrayList<>();
        long end = System.nanoTime() + settings.longestWait().toNanos();
        do {
            consumer.poll(POLL).forEach(message -> batch.add(Message.of(message)));
        } while (batch.size() < settings.mostMessages() && System.nanoTime() < end);
        uncommitted |= !batch.isEmpty();
        measureLag();
        return batch;
    }

    private void steer() {
        if (toBeginning) {
            toBeginning = false;
            consumer.seekToBeginning(consumer.assignment());
        }
        if (paused) {
            consumer.pause(consumer.assignment());
        } else {
            consumer.resume(consumer.paused());
        }
    }

    private void measureLag() {
        long sum = 0;
        for (TopicPartition partition : consumer.assignment()) {
            OptionalLong behind = consumer.currentLag(partition);
            sum += behind.orElse(0);
        }
        lag = sum;
    }

    /** Says that all messages of the batches so far are dealt with. */
    public void commit() {
        if (uncommitted) {
            consumer.commitSync();
            uncommitted = false;
        }
    }

    /** Reads no more until {@link #resume}; batches are empty. */
    public void pause() {
        paused = true;
    }

    public void resume() {
        paused = false;
    }

    /** Begins anew with the oldest messages. */
    public void seekToBeginning() {
        toBeginning = true;
    }

    /** How many messages there are that have not been read yet, as far as is known. */
    public long lag() {
        return lag;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
