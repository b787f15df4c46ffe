package io.freshet.kafka.source;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import io.freshet.source.Seek;

/**
 * The offsets up to which a topic has been read and committed, by partition. Outlives the client that reads. Confined to one
 * thread.
 */
final class PartitionPositions {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final StartOffset start;
    private final Map<Integer, Long> next = new HashMap<>();
    private final Map<Integer, Long> committed = new HashMap<>();
    private boolean started;

    /** @param from where reading resumes, whatever is committed; missing partitions begin as the start says */
    PartitionPositions(StartOffset start, TopicBookmark from) {
        this.start = start;
        next.putAll(from.offsets());
    }

    void passed(int partition, long following) {
        next.put(partition, following);
    }

    void committed(int partition, long following) {
        committed.put(partition, following);
    }

    /** Returns the first message of each partition that has not been read yet. */
    Map<Integer, Long> next() {
        return Map.copyOf(next);
    }

    /** Seeks to where reading starts or resumes. */
    void find(KafkaConsumer<?, ?> consumer, Collection<TopicPartition> assigned) {
        if (assigned.isEmpty()) {
            return;
        }
        List<TopicPartition> known = new ArrayList<>(assigned);
        known.removeIf(partition -> !next.containsKey(partition.partition()));
        goOn(consumer, Set.copyOf(known));
        if (!started) {
            // other partitions are read by other members, which continue there
            next.keySet().retainAll(known.stream().map(TopicPartition::partition).toList());
        }
        if (!started && start != StartOffset.COMMITTED) {
            Collection<TopicPartition> fresh = new ArrayList<>(assigned);
            fresh.removeAll(known);
            // committed at once, so that the next owner does not start elsewhere
            goTo(consumer, start == StartOffset.NOW ? consumer.endOffsets(fresh, PATIENCE)
                    : consumer.beginningOffsets(fresh, PATIENCE));
        }
        started = true;
    }

    /** Resumes after the last message that was read, unless another member has owned the partition in the meantime. */
    private void goOn(KafkaConsumer<?, ?> consumer, Set<TopicPartition> known) {
        if (known.isEmpty()) {
            return;
        }
        consumer.committed(known, PATIENCE).forEach((partition, said) -> {
            int number = partition.partition();
            if (said == null && committed.containsKey(number)) {
                // the committed offset no longer exists, so the topic has been deleted and recreated under the same name
                next.remove(number);
                committed.remove(number);
            } else if (said == null || said.offset() == committed.getOrDefault(number, said.offset())) {
                consumer.seek(partition, next.getOrDefault(number, 0L));
            } else {
                next.put(number, said.offset());
                committed.put(number, said.offset());
            }
        });
    }

    private void goTo(KafkaConsumer<?, ?> consumer, Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, OffsetAndMetadata> said = new HashMap<>();
        offsets.forEach((partition, offset) -> {
            consumer.seek(partition, offset);
            next.put(partition.partition(), offset);
            said.put(partition, new OffsetAndMetadata(offset));
        });
        consumer.commitSync(said, PATIENCE);
        offsets.forEach((partition, offset) -> committed.put(partition.partition(), offset));
    }

    /** Forgets what has been read, so that reading resumes after the committed offsets. */
    void forget() {
        next.clear();
    }

    /** Returns to the committed offsets of all assigned partitions, or to the beginning where nothing is committed. */
    void rewind(KafkaConsumer<?, ?> consumer) {
        next.clear();
        Set<TopicPartition> all = consumer.assignment();
        consumer.committed(all, PATIENCE).forEach((partition, said) -> {
            if (said == null) {
                consumer.seekToBeginning(Set.of(partition));
            } else {
                consumer.seek(partition, said.offset());
            }
        });
    }

    /** Seeks in all assigned partitions. */
    void seek(KafkaConsumer<?, ?> consumer, Seek to) {
        goTo(consumer, targets(consumer, to));
    }

    private static Map<TopicPartition, Long> targets(KafkaConsumer<?, ?> consumer, Seek to) {
        Set<TopicPartition> all = consumer.assignment();
        if (to instanceof Seek.Beginning) {
            return consumer.beginningOffsets(all, PATIENCE);
        }
        Map<TopicPartition, Long> ends = consumer.endOffsets(all, PATIENCE);
        Map<TopicPartition, Long> targets = new HashMap<>();
        if (to instanceof Seek.Offsets offsets) {
            for (TopicPartition partition : all) {
                Long offset = offsets.byPartition().get(partition.partition());
                if (offset != null) {
                    targets.put(partition, Math.min(ends.getOrDefault(partition, Long.MAX_VALUE), offset));
                }
            }
            return targets;
        }
        targets.putAll(ends);
        if (to instanceof Seek.Moment moment) {
            Map<TopicPartition, Long> times = new HashMap<>();
            all.forEach(partition -> times.put(partition, moment.time().toEpochMilli()));
            consumer.offsetsForTimes(times, PATIENCE).forEach((partition, found) -> found(partition, found, targets));
        }
        return targets;
    }

    private static void found(TopicPartition partition, @Nullable OffsetAndTimestamp found,
            Map<TopicPartition, Long> targets) {
        if (found != null) {
            targets.put(partition, found.offset());
        }
    }

    /** Returns how many messages each partition has after the last one that was read. */
    Map<Integer, Long> behind(KafkaConsumer<?, ?> consumer) {
        Map<Integer, Long> behind = new HashMap<>();
        for (Map.Entry<TopicPartition, Long> end : consumer.endOffsets(consumer.assignment(), LOOK).entrySet()) {
            behind.put(end.getKey().partition(), Math.max(0, end.getValue() - consumer.position(end.getKey(), LOOK)));
        }
        return behind;
    }
}
