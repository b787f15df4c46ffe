package io.freshet.stage;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.freshet.event.ReadProgress;

/**
 * Event time across all partitions of a source. It is the earliest of the clocks of the partitions that may have more records,
 * or the latest of all clocks when no partition has any. A partition whose time is still unknown holds event time back, unless
 * its records have no times. Not thread-safe.
 */
final class EventTime {

    private final long maxJump;
    private final Map<Integer, EventClock> clocks = new HashMap<>();
    private final Set<Integer> active = new HashSet<>();
    private final Set<Integer> untimed = new HashSet<>();
    private Set<Integer> pending = Set.of();
    private long time = Long.MIN_VALUE;
    private long slowest = Long.MIN_VALUE;
    private boolean stale;

    /** @param maxJump how far a single record may advance a partition, in milliseconds; 0 for no bound */
    EventTime(long maxJump) {
        this.maxJump = maxJump;
    }

    /** Returns the event time in milliseconds since 1970, or {@link Long#MIN_VALUE} while it waits for a partition. */
    long time() {
        if (stale) {
            stale = false;
            compute();
        }
        return time;
    }

    private void compute() {
        time = Long.MAX_VALUE;
        slowest = Long.MIN_VALUE;
        for (int partition : active) {
            if (!untimed.contains(partition)) {
                EventClock clock = clocks.get(partition);
                long own = clock == null ? Long.MIN_VALUE : clock.time();
                slowest = own < time ? partition : slowest;
                time = Math.min(time, own);
            }
        }
        if (slowest == Long.MIN_VALUE) {
            time = clocks.values().stream().mapToLong(EventClock::time).max().orElse(Long.MIN_VALUE);
        }
    }

    /** Updates the set of partitions that may have more records. */
    void progress(ReadProgress progress) {
        if (!pending.equals(progress.pending())) {
            pending = progress.pending();
            active.clear();
            active.addAll(pending);
            stale = true;
        }
    }

    /**
     * Observes the time of a record.
     *
     * @param reference the time from which the bound on jumps is measured, unless the clock of the partition is later
     * @return whether the record is within the bound
     */
    boolean observe(int partition, long moment, long reference) {
        EventClock clock = clocks.computeIfAbsent(partition, first -> new EventClock());
        boolean within = clock.observe(moment, reference, maxJump);
        // only the slowest partition, or a change of the set, can move the minimum
        boolean joins = (partition >= 0 || pending.isEmpty()) && active.add(partition);
        stale |= joins | untimed.remove(partition) | partition == slowest | slowest == Long.MIN_VALUE;
        return within;
    }

    /** Returns the clock of a partition, or {@link Long#MIN_VALUE} if it has none. */
    long time(int partition) {
        EventClock clock = clocks.get(partition);
        return clock == null ? Long.MIN_VALUE : clock.time();
    }

    /**
     * Notes that the latest record of a partition has no time. The partition does not hold event time back until a record has
     * one.
     */
    void untimed(int partition) {
        stale |= untimed.add(partition);
    }

    /** Accepts pending records beyond the bound, unless they are further ahead of the wall clock than the bound. */
    void settle(long now) {
        clocks.values().forEach(clock -> clock.settle(EventClock.plus(now, maxJump)));
        stale = true;
    }

    /** Returns how many records were too far ahead and were contradicted by the records after them. */
    long rejected() {
        return clocks.values().stream().mapToLong(EventClock::rejected).sum();
    }
}
