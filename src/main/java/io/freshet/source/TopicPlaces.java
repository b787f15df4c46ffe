package io.freshet.source;

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

/** How far a topic has been read and committed, by partition; outlives the client that reads. Confined to one thread. */
final class TopicPlaces {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final TopicConsumer.Start start;
    private final Map<Integer, Long> next = new HashMap<>();
    private final Map<Integer, Long> committed = new HashMap<>();
    private boolean begun;

    /**
     * @param from where reading goes on, whatever is committed; partitions that are not there begin as the start says
     */
    TopicPlaces(TopicConsumer.Start start, TopicBookmark from) {
        this.start = start;
        next.putAll(from.offsets());
    }

    void passed(int partition, long following) {
        next.put(partition, following);
    }

    void committed(int partition, long following) {
        committed.put(partition, following);
    }

    /** The first message of each partition that was not read yet. */
    Map<Integer, Long> next() {
        return Map.copyOf(next);
    }

    /** Goes to where reading begins, or goes on. */
    void find(KafkaConsumer<?, ?> consumer, Collection<TopicPartition> assigned) {
        if (assigned.isEmpty()) {
            return;
        }
        List<TopicPartition> known = new ArrayList<>(assigned);
        known.removeIf(partition -> !next.containsKey(partition.partition()));
        goOn(consumer, Set.copyOf(known));
        if (!begun) {
            // others are read by somebody else, who goes on there
            next.keySet().retainAll(known.stream().map(TopicPartition::partition).toList());
        }
        if (!begun && start != TopicConsumer.Start.COMMITTED) {
            Collection<TopicPartition> fresh = new ArrayList<>(assigned);
            fresh.removeAll(known);
            // committed at once: whoever goes on here must not begin somewhere else
            goTo(consumer, start == TopicConsumer.Start.NOW ? consumer.endOffsets(fresh, PATIENCE)
                    : consumer.beginningOffsets(fresh, PATIENCE));
        }
        begun = true;
    }

    /** Behind what was read, unless somebody else has had the partition in the meantime. */
    private void goOn(KafkaConsumer<?, ?> consumer, Set<TopicPartition> known) {
        if (known.isEmpty()) {
            return;
        }
        consumer.committed(known, PATIENCE).forEach((partition, said) -> {
            int number = partition.partition();
            if (said == null && committed.containsKey(number)) {
                // what was committed is gone, and so is the topic it was about: this is another one of its name
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

    /** Knows no more how far messages are read: reading goes on behind what is committed. */
    void forget() {
        next.clear();
    }

    /** Goes back behind what is committed in all partitions that are read; to the beginning where nothing is. */
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

    /** Goes elsewhere in all partitions that are read. */
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

    /** How many messages there are behind those that were read. */
    long behind(KafkaConsumer<?, ?> consumer) {
        long sum = 0;
        for (Map.Entry<TopicPartition, Long> end : consumer.endOffsets(consumer.assignment(), LOOK).entrySet()) {
            sum += Math.max(0, end.getValue() - consumer.position(end.getKey(), LOOK));
        }
        return sum;
    }
}
