package io.freshet.kafka.source;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

import io.freshet.event.Headers;
import io.freshet.security.SignInFailure;
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

    /** Where reading starts. */
    public enum Start {
        /** Starts with the oldest message. */
        BEGINNING,
        /** Starts with messages that arrive from now on. */
        NOW,
        /** Starts after the committed offsets of the group; without any, with the oldest message. */
        COMMITTED
    }

    /**
     * What is read, and how.
     *
     * @param group the consumer group that commits offsets
     * @param mostMessages the maximum number of messages in a batch
     * @param longestWait how long a batch waits for more messages
     * @param autoCommit whether offsets are committed when the next batch is requested; otherwise only on request
     */
    public record Settings(String topic, String group, Start start, int mostMessages, Duration longestWait,
            boolean autoCommit) {
    }

    /** @param time milliseconds since 1970 */
    public record Message(byte @Nullable [] key, byte @Nullable [] value, int partition, long offset, long time,
            Headers headers) {

        private static Message of(ConsumerRecord<byte[], byte[]> message) {
            List<Headers.Header> headers = new ArrayList<>();
            message.headers().forEach(header -> headers.add(new Headers.Header(header.key(), header.value())));
            return new Message(message.key(), message.value(), message.partition(), message.offset(), message.timestamp(),
                    Headers.of(headers));
        }

        /** Returns whether the message deletes the value of its key. */
        boolean isTombstone() {
            return value == null && key != null && key.length > 0;
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

    /**
     * The broker's answer about the ends of the partitions.
     *
     * @param reached for each assigned partition, whether it has been read to its end; false if the broker did not answer
     * @param nanos when the answer arrived, by {@link System#nanoTime}
     */
    record Ends(Map<Integer, Boolean> reached, long nanos) {
        Ends {
            reached = Map.copyOf(reached);
        }
    }

    /**
     * Notified when messages that were read but not committed will be read again, here or elsewhere. Called by the reading
     * thread.
     */
    interface Watcher {

        /** Everything that was read is invalid from now on; other members may read it when this method returns. */
        void givingUp();

        /** The member that reads from now on; null if there is none. */
        void joined(@Nullable ConsumerGroupMetadata now);
    }

    private final Settings settings;
    private final Map<String, Object> connection;
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
    private @Nullable Watcher watcher;
    private @Nullable Ends ends;
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
    void watch(Watcher wanted) {
        watcher = wanted;
    }

    private void giveUp() {
        Watcher known = watcher;
        if (known != null) {
            places.forget();
            known.givingUp();
        }
    }

    private void join(KafkaConsumer<byte[], byte[]> now) {
        Watcher known = watcher;
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
            note(reason(e));
            return false;
        } catch (KafkaException e) {
            startOver(e);
            return false;
        }
    }

    /** Returns the next batch: as many messages as fit into one, or those that arrive in time; empty if none do. */
    public List<Message> next() {
        List<Message> batch = new ArrayList<>();
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
                    batch.add(Message.of(message));
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
        note(reason(reason));
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
                Map<Integer, Boolean> reached = new HashMap<>();
                behind.forEach((partition, count) -> reached.put(partition, count == 0));
                ends = new Ends(reached, System.nanoTime());
            }
            note(missing ? "topic " + settings.topic() + " does not exist on " + address() : null);
        } catch (TimeoutException e) {
            Map<Integer, Boolean> unknown = new HashMap<>();
            from.assignment().forEach(partition -> unknown.put(partition.partition(), false));
            ends = new Ends(unknown, System.nanoTime());
            note(reason(e));
        }
    }

    /** Returns the broker's answer about the ends of the partitions since the last call; null if there is none. */
    @Nullable
    Ends ends() {
        Ends last = ends;
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

    private String address() {
        Object servers = connection.get("bootstrap.servers");
        return "Kafka at " + (servers instanceof List<?> all ? String.join(",", all.stream().map(String::valueOf).toList())
                : servers);
    }

    private String reason(KafkaException thrown) {
        if (thrown instanceof TimeoutException) {
            return address() + " does not answer";
        }
        if (thrown instanceof AuthenticationException) {
            return address() + " rejects the credentials: " + thrown.getMessage();
        }
        if (thrown instanceof InvalidTopicException) {
            return "topic " + settings.topic() + " is not a valid topic name";
        }
        if (thrown instanceof AuthorizationException) {
            return "access to topic " + settings.topic() + " is denied on " + address() + ": " + thrown.getMessage();
        }
        Optional<String> signIn = SignInFailure.reason(thrown);
        if (signIn.isPresent()) {
            return address() + ": the client could not sign in: " + signIn.get();
        }
        return "topic " + settings.topic() + ": " + address() + ": " + thrown.getMessage()
                + (thrown.getCause() == null ? "" : ": " + thrown.getCause().getMessage());
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
    public @Nullable String problem() {
        SourceProblem known = problem;
        return known == null ? null : known.reason();
    }

    @Nullable
    SourceProblem sourceProblem() {
        return problem;
    }

    @Override
    public void close() {
        KafkaConsumer<byte[], byte[]> open = consumer;
        consumer = null;
        partitions = 0;
        Watcher known = watcher;
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
