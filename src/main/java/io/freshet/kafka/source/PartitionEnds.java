package io.freshet.kafka.source;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import org.apache.kafka.common.TopicPartition;

/**
 * The broker's answer about the ends of the partitions.
 *
 * @param reached for each assigned partition, whether it has been read to its end; false if the broker did not answer
 * @param nanos when the answer arrived, by {@link System#nanoTime}
 */
record PartitionEnds(Map<Integer, Boolean> reached, long nanos) {
    PartitionEnds {
        reached = Map.copyOf(reached);
    }

    /** @param behind for each assigned partition, how many messages have not been read */
    static PartitionEnds of(Map<Integer, Long> behind) {
        Map<Integer, Boolean> reached = new HashMap<>();
        behind.forEach((partition, count) -> reached.put(partition, count == 0));
        return new PartitionEnds(reached, System.nanoTime());
    }

    /** Returns what is known when the broker does not answer. */
    static PartitionEnds unknown(Collection<TopicPartition> assigned) {
        Map<Integer, Boolean> reached = new HashMap<>();
        assigned.forEach(partition -> reached.put(partition.partition(), false));
        return new PartitionEnds(reached, System.nanoTime());
    }
}
