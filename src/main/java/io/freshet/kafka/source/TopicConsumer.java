package io.freshet.kafka.source;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

import io.freshet.source.Seek;
import io.freshet.source.SourceProblem;

/**
 * Reads a topic in batches that are limited by size and time. While Kafka is unavailable, batches are empty; afterwards,
 * reading resumes after the last message. Confined to one thread, except for {@link #pause}, {@link #resume} and {@link #seek},
 * which take effect with the next batch, and for the status methods.
 */
public final class TopicConsumer implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PAUSED_POLL = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    /** The size at which a batch is complete. */
    private static final long MAX_BATCH_BYTES = 8L << 20;
    private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();

    /**
     * What is read, and how.
     *
     * @param group the consumer group that commits offsets
     * @param mostMessages the maximum number of messages in a batch
     * @param longestWait how long a batch waits for more messages
     * @param autoCommit whether offsets are committed when the next batch is requested; otherwise only on request
     */
    public record Settings(String topic, String group, StartOffset start, int mostMessages, Duration longestWait,
            boolean autoCommit) {
    }

    private final Settings settings;
    private final Map<String, Object> connection;
    private final TopicProblems problems;
    private final PartitionPositions places;
    private final AtomicReference<@Nullable Seek> wanted = new AtomicReference<>();
    private @Nullable KafkaConsumer<byte[], byte[]> consumer;
    private volatile boolean paused;
    private volatile long lag;
    private volatile int partitions;
    private volatile int seeks;
    private volatile @Nullable SourceProblem problem;
    private boolean missing;
    private boolean uncommitted;
    private @Nullable GroupWatcher watcher;
    private @Nullable PartitionEnds ends;
    private long lookedAt = System.nanoTime() - LOOK_NANOS;

    /** @param connection client settings: the addresses and the credentials of Kafka */
    public TopicConsumer(Map<String, Object> connection, Settings settings) {
        this(connection, settings, TopicBookmark.NONE);
    }

    /**
     * Creates a consumer that resumes.
     *
     * @param from the offsets at which it resumes, whatever the group has committed; missing partitions start as the settings
     *        say
     */
    public TopicConsumer(Map<String, Object> connection, Settings settings, TopicBookmark from) {
        this.settings = settings;
        this.places = new PartitionPositions(settings.start(), from);
        this.connection = new HashMap<>(connection);
        this.problems = new TopicProblems(settings.topic(), this.connection);
        this.connection.put("group.id", settings.group());
        this.connection.put("enable.auto.commit", false);
        // offsets that are out of range restart at the beginning, so that no message is skipped
        this.connection.put("auto.offset.reset", "earliest");
        this.connection.putIfAbsent("max.poll.records", Math.min(settings.mostMessages(), 1000));
        // so that a topic that is created later is found soon
        this.connection.putIfAbsent("metadata.max.age.ms", 5000);
        // a mistyped name must not create a topic
        this.connection.put("allow.auto.create.topics", false);
    }

    private KafkaConsumer<byte[], byte[]> open() {
        KafkaConsumer<byte[], byte[]> known = consumer;
        if (known != null) {
            return known;
        }
        KafkaConsumer<byte[], byte[]> opened = new KafkaConsumer<>(connection, new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        opened.subscribe(List.of(settings.topic()), new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
                // messages that were read but not committed are delivered again, to the next owner of the partition
                if (!revoked.isEmpty()) {
                    giveUp();
                }
            }

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
                places.find(opened, assigned);
                lookedAt = System.nanoTime() - LOOK_NANOS;
                if (paused) {
                    opened.pause(assigned);
                }
            }
        });
        consumer = opened;
        return opened;
    }

    /** Sets the watcher. Must be called before messages are requested. */
    void watch(GroupWatcher wanted) {
        watcher = wanted;
    }

    private void giveUp() {
        GroupWatcher known = watcher;
        if (known != null) {
            places.forget();
            known.givingUp();
        }
    }

    private void join(KafkaConsumer<byte[], byte[]> now) {
        GroupWatcher known = watcher;
        if (known != null) {
            known.joined(now.groupMetadata());
        }
    }

    /**
     * Returns to the committed offsets.
     *
     * @return false if Kafka did not answer
     */
    boolean rewind() {
        KafkaConsumer<byte[], byte[]> open = consumer;
        try {
            places.forget();
            if (open != null) {
                places.rewind(open);
            }
            seeks++;
            return true;
        } catch (TimeoutException e) {
            // a transaction of the previous owner may be open; leaving the group would only move the partitions again
            note(problems.of(e));
            return false;
        } catch (KafkaException e) {
            startOver(e);
            return false;
        }
    }

    /** Returns the next batch: as many messages as fit into one, or those that arrive in time; empty if none do. */
    public List<TopicMessage> next() {
        List<TopicMessage> batch = new ArrayList<>();
        try {
            KafkaConsumer<byte[], byte[]> from = open();
            if (settings.autoCommit()) {
                commit();
            }
            steer(from);
            long end = System.nanoTime() + settings.longestWait().toNanos();
            long bytes = 0;
            do {
                for (ConsumerRecord<byte[], byte[]> message : from.poll(paused ? PAUSED_POLL : POLL)) {
                    batch.add(TopicMessage.of(message));
                    bytes += Math.max(0, message.serializedValueSize());
                    places.passed(message.partition(), message.offset() + 1);
                }
            } while (batch.size() < settings.mostMessages() && bytes < MAX_BATCH_BYTES && System.nanoTime() < end);
            join(from);
            look(from);
        } catch (KafkaException e) {
            startOver(e);
        }
        uncommitted |= !batch.isEmpty();
        return batch;
    }

    private void startOver(KafkaException reason) {
        note(problems.of(reason));
        giveUp();
        close();
        LockSupport.parkNanos(LOOK_NANOS);
    }

    private void steer(KafkaConsumer<byte[], byte[]> from) {
        Seek seek = wanted.get();
        if (seek != null && !from.assignment().isEmpty()) {
            giveUp();
            places.seek(from, seek);
            wanted.compareAndSet(seek, null);
            seeks++;
        }
        if (paused) {
            from.pause(from.assignment());
        } else {
            from.resume(from.paused());
        }
    }

    private void note(@Nullable String reason) {
        problem = SourceProblem.after(problem, reason);
    }

    /** Measures the lag from time to time, and notes what prevents reading. */
    private void look(KafkaConsumer<byte[], byte[]> from) {
        partitions = from.assignment().size();
        if (System.nanoTime() - lookedAt < LOOK_NANOS) {
            return;
        }
        lookedAt = System.nanoTime();
        try {
            if (partitions == 0) {
                checkExists(from);
            } else {
                missing = false;
                Map<Integer, Long> behind = places.behind(from);
                lag = behind.values().stream().mapToLong(Long::longValue).sum();
                ends = PartitionEnds.of(behind);
            }
            note(missing ? problems.missing() : null);
        } catch (TimeoutException e) {
            ends = PartitionEnds.unknown(from.assignment());
            note(problems.of(e));
        }
    }

    /** Returns the broker's answer about the ends of the partitions; null if it has not answered since the last call. */
    @Nullable
    PartitionEnds ends() {
        PartitionEnds last = ends;
        ends = null;
        return last;
    }

    /** Subscribes again to a topic that has been created, because the client would look for it less often. */
    private void checkExists(KafkaConsumer<byte[], byte[]> from) {
        List<PartitionInfo> found = from.partitionsFor(settings.topic(), PATIENCE);
        boolean none = found == null || found.isEmpty();
        if (missing && !none) {
            close();
        }
        missing = none;
    }

    /** Commits all messages of the batches so far. */
    public void commit() {
        if (uncommitted && commit(places.next())) {
            uncommitted = false;
        }
    }

    /**
     * Commits offsets.
     *
     * @param offsets the first unprocessed message of each partition; partitions that other members own by now are skipped
     * @return whether Kafka has accepted them; if not, the call may be repeated
     */
    public boolean commit(Map<Integer, Long> offsets) {
        KafkaConsumer<byte[], byte[]> to = consumer;
        if (to == null) {
            return false;
        }
        Map<TopicPartition, OffsetAndMetadata> own = new HashMap<>();
        offsets.forEach((partition, offset) -> own.put(new TopicPartition(settings.topic(), partition),
                new OffsetAndMetadata(offset)));
        own.keySet().retainAll(to.assignment());
        try {
            to.commitSync(own, PATIENCE);
            own.forEach((partition, offset) -> places.committed(partition.partition(), offset.offset()));
            return true;
        } catch (KafkaException e) {
            return false;
        }
    }

    /** Stops reading until {@link #resume}; batches are empty meanwhile. */
    public void pause() {
        paused = true;
    }

    public void resume() {
        paused = false;
    }

    public boolean isPaused() {
        return paused;
    }

    /** Seeks, and commits the new offsets at once. */
    public void seek(Seek to) {
        wanted.set(to);
    }

    /** Returns how many seeks have been carried out. */
    public int seeks() {
        return seeks;
    }

    /** Returns how many messages have not been read yet; at most a second old while Kafka answers. */
    public long lag() {
        return lag;
    }

    /** Returns how many partitions are assigned. */
    public int partitions() {
        return partitions;
    }

    /** Returns why nothing can be read; null if no problem is known. */
    public @Nullable SourceProblem problem() {
        return problem;
    }

    @Override
    public void close() {
        KafkaConsumer<byte[], byte[]> open = consumer;
        consumer = null;
        partitions = 0;
        GroupWatcher known = watcher;
        if (known != null) {
            known.joined(null);
        }
        if (open != null) {
            try {
                open.close(CloseOptions.timeout(PATIENCE));
            } catch (KafkaException e) {
                // the consumer is closed in any case, and the broker notices
            }
        }
    }
}
