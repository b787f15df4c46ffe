package io.freshet.source;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a topic in batches, by size and time. When Kafka goes away, batches are empty until it is back, and reading goes on
 * behind the last message. Confined to one thread, except for {@link #pause}, {@link #resume} and {@link #seek}, which take
 * effect with the next batch, and for what it says of itself.
 */
public final class TopicConsumer implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PAUSED_POLL = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();

    /** Where reading begins. */
    public enum Start {
        /** With the oldest message. */
        BEGINNING,
        /** With those from now on. */
        NOW,
        /** Behind what the group has committed; where that is nothing, with the oldest message. */
        COMMITTED
    }

    /**
     * What is read, and how.
     *
     * @param group in whose name positions are committed
     * @param mostMessages how many make a batch
     * @param longestWait how long a batch waits for more
     * @param autoCommit whether positions are committed when the next batch is asked for; else only when they are told to be
     */
    public record Settings(String topic, String group, Start start, int mostMessages, Duration longestWait,
            boolean autoCommit) {
    }

    /**
     * A message.
     *
     * @param time milliseconds since 1970
     */
    public record Message(byte @Nullable [] key, byte @Nullable [] value, int partition, long offset, long time) {

        private static Message of(ConsumerRecord<byte[], byte[]> message) {
            return new Message(message.key(), message.value(), message.partition(), message.offset(), message.timestamp());
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

    /** Is told when what was read and not committed is read once more, here or elsewhere. Called by the reading thread. */
    interface Watcher {

        /** All that was read is void from now on; others may read it when this returns. */
        void givingUp();

        /** Who it is that reads now; null for nobody. */
        void joined(TopicTransactions.@Nullable Member now);
    }

    private final Settings settings;
    private final Map<String, Object> connection;
    private final TopicPlaces places;
    private final AtomicReference<@Nullable Seek> wanted = new AtomicReference<>();
    private @Nullable KafkaConsumer<byte[], byte[]> consumer;
    private volatile boolean paused;
    private volatile long lag;
    private volatile int partitions;
    private volatile int seeks;
    private volatile @Nullable String problem;
    private boolean uncommitted;
    private @Nullable Watcher watcher;
    private long lookedAt = System.nanoTime() - LOOK_NANOS;

    /**
     * @param connection settings of the client: where Kafka is and how to get in
     */
    public TopicConsumer(Map<String, Object> connection, Settings settings) {
        this(connection, settings, TopicBookmark.NONE);
    }

    /**
     * One that goes on somewhere.
     *
     * @param from where, whatever the group has committed; partitions that are not there begin as the settings say
     */
    public TopicConsumer(Map<String, Object> connection, Settings settings, TopicBookmark from) {
        this.settings = settings;
        this.places = new TopicPlaces(settings.start(), from);
        this.connection = new HashMap<>(connection);
        this.connection.put("group.id", settings.group());
        this.connection.put("enable.auto.commit", false);
        // what is not there any more, or not yet, is read from its beginning, so that nothing is left out
        this.connection.put("auto.offset.reset", "earliest");
        this.connection.putIfAbsent("max.poll.records", Math.min(settings.mostMessages(), 1000));
        // a topic that is made later is found soon
        this.connection.putIfAbsent("metadata.max.age.ms", 5000);
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
                // what was read and not committed comes again, to whoever has the partition then
                if (!revoked.isEmpty()) {
                    giveUp();
                }
            }

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
                places.find(opened, assigned);
                if (paused) {
                    opened.pause(assigned);
                }
            }
        });
        consumer = opened;
        return opened;
    }

    /** Has somebody told of what becomes void; before the first messages are asked for. */
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
            ConsumerGroupMetadata group = now.groupMetadata();
            known.joined(new TopicTransactions.Member(group.groupId(), group.generationId(), group.memberId(),
                    group.groupInstanceId().orElse(null)));
        }
    }

    /** Goes back behind what is committed; whether Kafka answered. */
    boolean rewind() {
        KafkaConsumer<byte[], byte[]> open = consumer;
        try {
            places.forget();
            if (open != null) {
                places.rewind(open);
            }
            seeks++;
            return true;
        } catch (KafkaException e) {
            startOver(e);
            return false;
        }
    }

    /** The next messages: as many as make a batch, or those that come within the wait; empty if none do. */
    public List<Message> next() {
        List<Message> batch = new ArrayList<>();
        try {
            KafkaConsumer<byte[], byte[]> from = open();
            if (settings.autoCommit()) {
                commit();
            }
            steer(from);
            long end = System.nanoTime() + settings.longestWait().toNanos();
            do {
                for (ConsumerRecord<byte[], byte[]> message : from.poll(paused ? PAUSED_POLL : POLL)) {
                    batch.add(Message.of(message));
                    places.passed(message.partition(), message.offset() + 1);
                }
            } while (batch.size() < settings.mostMessages() && System.nanoTime() < end);
            join(from);
            problem = look(from);
        } catch (KafkaException e) {
            startOver(e);
        }
        uncommitted |= !batch.isEmpty();
        return batch;
    }

    private void startOver(KafkaException reason) {
        problem = "topic " + settings.topic() + ": " + reason.getMessage();
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

    /** Looks how much there is to read, now and then; what stands in the way, null for nothing. */
    private @Nullable String look(KafkaConsumer<byte[], byte[]> from) {
        partitions = from.assignment().size();
        if (System.nanoTime() - lookedAt < LOOK_NANOS) {
            return problem;
        }
        lookedAt = System.nanoTime();
        try {
            lag = places.behind(from);
            return null;
        } catch (TimeoutException e) {
            return "topic " + settings.topic() + ": Kafka does not answer";
        }
    }

    /** Says that all messages of the batches so far are dealt with. */
    public void commit() {
        if (uncommitted && commit(places.next())) {
            uncommitted = false;
        }
    }

    /**
     * Says which messages are dealt with.
     *
     * @param offsets of the first message of each partition that is not; those that others read by now are passed over
     * @return whether Kafka has taken it; else it may be said again
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

    /** Reads no more until {@link #resume}; batches are empty. */
    public void pause() {
        paused = true;
    }

    public void resume() {
        paused = false;
    }

    public boolean isPaused() {
        return paused;
    }

    /** Goes on elsewhere, which is committed at once. */
    public void seek(Seek to) {
        wanted.set(to);
    }

    /** How often reading went on elsewhere because it was told to. */
    public int seeks() {
        return seeks;
    }

    /** How many messages there are that have not been read yet, as of a second ago at the most while Kafka answers. */
    public long lag() {
        return lag;
    }

    /** How many partitions it reads. */
    public int partitions() {
        return partitions;
    }

    /** Why nothing can be read; null if nothing is known to stand in the way. */
    public @Nullable String problem() {
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
                // it is gone either way; the broker notices
            }
        }
    }
}
