package io.freshet.kafka.source;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.freshet.event.ReadProgress;

/**
 * Tracks which partitions of a topic may have records that have not been consumed yet, and since when none had any. Only the
 * broker's answers about the ends of the partitions count, never elapsed time, because a process that was suspended, or a
 * broker that does not answer, says nothing about records. A partition is no longer pending when two consecutive answers find
 * it read to its end, with no record in between. Not thread-safe.
 */
final class PartitionProgress {

    private final Set<Integer> busy = new HashSet<>();
    private final Map<Integer, Integer> queued = new HashMap<>();
    private final Set<Integer> sinceAnswer = new HashSet<>();
    private Set<Integer> atEnd = Set.of();
    private long silentSince;
    private long answeredAt;
    private boolean silent;

    /** Notes that a message was read, and waits to be consumed. */
    void read(int partition) {
        queued.merge(partition, 1, Integer::sum);
    }

    /** Notes that a message was consumed or discarded. */
    void taken(int partition) {
        queued.computeIfPresent(partition, (same, count) -> count == 1 ? null : count - 1);
    }

    /** Notes that these partitions returned messages: they are pending until answers say otherwise. */
    void brought(Set<Integer> partitions) {
        sinceAnswer.addAll(partitions);
        busy.addAll(partitions);
        silent &= partitions.isEmpty();
    }

    /**
     * Notes the broker's answer about the ends of the partitions.
     *
     * @param ends for each assigned partition, whether it has been read to its end; false if that is not known
     * @param nanos when the answer arrived, by a monotonic clock
     */
    void answered(Map<Integer, Boolean> ends, long nanos) {
        Set<Integer> now = new HashSet<>(ends.keySet());
        now.removeIf(partition -> !ends.getOrDefault(partition, false));
        busy.clear();
        busy.addAll(ends.keySet());
        busy.removeIf(partition -> now.contains(partition) && atEnd.contains(partition) && !sinceAnswer.contains(partition));
        boolean nothing = !ends.isEmpty() && now.containsAll(ends.keySet()) && sinceAnswer.isEmpty();
        silentSince = nothing && silent ? silentSince : nanos;
        silent = nothing;
        answeredAt = nanos;
        atEnd = now;
        sinceAnswer.clear();
    }

    ReadProgress progress() {
        Set<Integer> pending = new HashSet<>(busy);
        pending.addAll(queued.keySet());
        boolean nothing = silent && queued.isEmpty();
        return new ReadProgress(pending, nothing ? TimeUnit.NANOSECONDS.toMillis(answeredAt - silentSince) : 0);
    }
}
