package io.freshet.kafka;

import java.math.BigInteger;
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
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Utils;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.freshet.thread.ThreadKind;
import io.freshet.thread.Threads;

/**
 * Divides slots among the instances of a service by Kafka's group protocol. Each slot is a partition of an empty topic, and
 * belongs to the instance it is assigned to. An instance gives up a slot before another one receives it. When an instance
 * dies, the others receive its slots after the session timeout. Runs on a thread of its own, which calls the holder.
 */
public final class SlotGroup implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SlotGroup.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String CLASSIC = "classic";
    private static final double GOLDEN_SECTION = (Math.sqrt(5) - 1) / 2;
    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final String SINCE_HEARTBEAT = "last-heartbeat-seconds-ago";

    /** The owner of the slots on this instance. */
    public interface Holder {

        /** Called when these slots have been assigned to this instance. */
        void gained(Set<Integer> slots);

        /** Called before these slots are revoked; others receive them as soon as this method returns. */
        void givingUp(Set<Integer> slots);

        /** Called when others have owned these slots for a while, because this instance was not heard of for too long. */
        void lost(Set<Integer> slots);
    }

    /**
     * The settings of the group.
     *
     * @param topic the topic whose partitions are the slots; created if it does not exist
     * @param slots the number of partitions with which the topic is created
     * @param takeOverAfter how long an instance may be silent
     * @param instance the name of a static member, which keeps its slots while it restarts; empty for a member that gives them
     *        up when it ends
     * @param protocol classic or consumer
     */
    public record Settings(String topic, String group, int slots, Duration takeOverAfter, Optional<String> instance,
            String protocol) {
    }

    private final Map<String, Object> connection;
    private final Settings settings;
    private final Holder holder;
    private final Thread thread = Threads.create(ThreadKind.SLOTS, this::run);
    private volatile int slots;
    private volatile boolean closed;
    /** When the group last answered, in nanoseconds of the system. */
    private volatile long contactAt = System.nanoTime();
    private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;

    /** @param connection client settings: the addresses and the credentials of Kafka */
    public SlotGroup(Map<String, Object> connection, Settings settings, Holder holder) {
        this.settings = settings;
        this.holder = holder;
        this.connection = new HashMap<>(connection);
        this.connection.put("group.id", settings.group());
        this.connection.put("enable.auto.commit", false);
        this.connection.put("auto.offset.reset", "latest");
        settings.instance().ifPresent(name -> this.connection.put("group.instance.id", name));
        if (settings.protocol().equals(CLASSIC)) {
            this.connection.put("partition.assignment.strategy", CooperativeStickyAssignor.class.getName());
            this.connection.put("session.timeout.ms", (int) settings.takeOverAfter().toMillis());
            this.connection.put("heartbeat.interval.ms", (int) settings.takeOverAfter().toMillis() / 4);
        } else {
            // the broker assigns the slots, and sets the time-outs
            this.connection.put("group.protocol", settings.protocol());
        }
    }

    public void start() {
        thread.start();
    }

    /** Returns the slot of a name, which is the same on all instances; negative while the topic is not known yet. */
    public int slotOf(String name) {
        return slots == 0 ? -1 : Utils.toPositive(Utils.murmur2(name.getBytes(StandardCharsets.UTF_8))) % slots;
    }

    /**
     * Returns the slot of a part of something named, which is the same on all instances. Consecutive parts are as far from
     * each other as possible, so that they spread over the instances however these divide the slots.
     *
     * @return negative while the topic is not known yet
     */
    public int slotOf(String name, int part) {
        int count = slots;
        return count == 0 ? -1 : (int) ((slotOf(name) + (long) part * step(count)) % count);
    }

    /** Returns the number nearest to the golden section of the slots that has no divisor in common with their number. */
    static int step(int count) {
        int step = Math.max(1, (int) Math.round(count * GOLDEN_SECTION));
        while (BigInteger.valueOf(step).gcd(BigInteger.valueOf(count)).intValue() > 1) {
            step++;
        }
        return step;
    }

    /**
     * Returns whether the group has answered within the session timeout. Otherwise others may have been assigned the slots of
     * this instance, which does not know it yet.
     */
    public boolean isInContact() {
        return System.nanoTime() - contactAt < settings.takeOverAfter().toNanos();
    }

    private void run() {
        while (!closed) {
            try {
                if (slots == 0) {
                    slots = makeTopic();
                }
                hold();
            } catch (WakeupException e) {
                LOG.debug("Shutdown requested; leaving the group");
            } catch (KafkaException e) {
                LOG.warnf("Slots cannot be assigned: reason=%s", e.getMessage());
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
                noteContact(opened);
            }
            opened.close(CloseOptions.timeout(PATIENCE));
        }
    }

    private void noteContact(KafkaConsumer<byte[], byte[]> member) {
        for (Metric metric : member.metrics().values()) {
            if (metric.metricName().name().equals(SINCE_HEARTBEAT) && metric.metricValue() instanceof Number seconds
                    && seconds.doubleValue() >= 0) {
                contactAt = System.nanoTime() - (long) (seconds.doubleValue() * 1e9);
            }
        }
    }

    /**
     * Creates the topic if necessary.
     *
     * @return the number of its partitions
     */
    private int makeTopic() {
        Map<String, Object> admins = new HashMap<>(connection);
        admins.keySet().retainAll(AdminClientConfig.configNames());
        try (Admin admin = Admin.create(admins)) {
            try {
                admin.createTopics(List.of(
                        new NewTopic(settings.topic(), Optional.of(settings.slots()), Optional.empty())))
                        .all().get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw new KafkaException("the topic " + settings.topic() + " cannot be created", e.getCause());
                }
            }
            return admin.describeTopics(List.of(settings.topic())).allTopicNames().get().values().iterator().next()
                    .partitions().size();
        } catch (ExecutionException e) {
            throw new KafkaException("the topic " + settings.topic() + " cannot be described", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }

    private static Set<Integer> numbers(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet());
    }

    /** Gives up all slots and leaves the group, so that others receive them without waiting. */
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
            contactAt = System.nanoTime();
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
