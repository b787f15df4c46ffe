package io.freshet.source;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Utils;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Divides shards among the instances of a service by Kafka's group protocol: each shard is a partition of a topic that has no
 * messages, and belongs to the instance it is assigned to. An instance gives a shard up before another gets it; when one dies,
 * the others get its shards after the session time-out. A thread of its own does the work, and calls the holder.
 */
public final class ShardGroup implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ShardGroup.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    /** Who holds shards. */
    public interface Holder {

        /** These are ours now. */
        void gained(Set<Integer> shards);

        /** Others get these as soon as this returns. */
        void givingUp(Set<Integer> shards);

        /** Others have had these for a while: we were not heard of for too long. */
        void lost(Set<Integer> shards);
    }

    /**
     * The group.
     *
     * @param topic whose partitions are the shards; made when it is not there
     * @param shards how many, when the topic is made
     * @param takeOverAfter how long an instance may be silent
     */
    public record Settings(String topic, String group, int shards, Duration takeOverAfter) {
    }

    private final Map<String, Object> connection;
    private final Settings settings;
    private final Holder holder;
    private final Thread thread = new Thread(this::run, "shards");
    private volatile int shards;
    private volatile boolean closed;
    private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;

    /**
     * @param connection settings of the clients: where Kafka is and how to get in
     */
    public ShardGroup(Map<String, Object> connection, Settings settings, Holder holder) {
        this.settings = settings;
        this.holder = holder;
        this.connection = new HashMap<>(connection);
        this.connection.put("group.id", settings.group());
        this.connection.put("enable.auto.commit", false);
        this.connection.put("auto.offset.reset", "latest");
        this.connection.put("partition.assignment.strategy", CooperativeStickyAssignor.class.getName());
        this.connection.put("session.timeout.ms", (int) settings.takeOverAfter().toMillis());
        this.connection.put("heartbeat.interval.ms", (int) settings.takeOverAfter().toMillis() / 4);
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** The shard of a name; the same for all instances. Negative while the topic is not known yet. */
    public int shardOf(String name) {
        return shards == 0 ? -1 : Utils.toPositive(Utils.murmur2(name.getBytes(StandardCharsets.UTF_8))) % shards;
    }

    private void run() {
        while (!closed) {
            try {
                if (shards == 0) {
                    shards = makeTopic();
                }
                hold();
            } catch (WakeupException e) {
                LOG.debug("Told to leave the group");
            } catch (KafkaException e) {
                LOG.warnf("Shards are not divided: reason=%s", e.getMessage());
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void hold() {
        try (KafkaConsumer<byte[], byte[]> opened = new KafkaConsumer<>(connection, new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer = opened;
            opened.subscribe(List.of(settings.topic()), new Listener());
            while (!closed) {
                opened.poll(POLL);
            }
            opened.close(CloseOptions.timeout(PATIENCE));
        }
    }

    /** How many partitions the topic has, whoever has made it. */
    private int makeTopic() {
        Map<String, Object> admins = new HashMap<>(connection);
        admins.keySet().retainAll(AdminClientConfig.configNames());
        try (Admin admin = Admin.create(admins)) {
            try {
                admin.createTopics(List.of(
                        new NewTopic(settings.topic(), Optional.of(settings.shards()), Optional.empty())))
                        .all().get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw new KafkaException("the topic " + settings.topic() + " cannot be made", e.getCause());
                }
            }
            return admin.describeTopics(List.of(settings.topic())).allTopicNames().get().values().iterator().next()
                    .partitions().size();
        } catch (ExecutionException e) {
            throw new KafkaException("the topic " + settings.topic() + " cannot be looked at", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }

    private static Set<Integer> numbers(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet());
    }

    /** Gives up all shards and leaves the group, so that others need not wait to get them. */
    @Override
    public void close() {
        closed = true;
        KafkaConsumer<byte[], byte[]> open = consumer;
        if (open != null) {
            open.wakeup();
        }
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Called while the consumer is polled. */
    private final class Listener implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
            if (!assigned.isEmpty()) {
                holder.gained(numbers(assigned));
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            if (!revoked.isEmpty()) {
                holder.givingUp(numbers(revoked));
            }
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> gone) {
            holder.lost(numbers(gone));
        }
    }
}
