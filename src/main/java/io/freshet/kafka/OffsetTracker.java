package io.freshet.kafka;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Tracks which message each record of a stream was read from, for records that are not completed. From this it derives how far
 * each partition has been processed when the stream has completed all records up to a position. Thread-safe.
 */
public final class OffsetTracker {

    /** Consecutive records whose messages are also consecutive in one partition. */
    private static final class Run {
        private final long position;
        private final int partition;
        private long offset;
        private int count;
        private long mark;

        Run(long position, int partition, long offset, int count, long mark) {
            this.position = position;
            this.partition = partition;
            this.offset = offset;
            this.count = count;
            this.mark = mark;
        }

        /** Returns whether part of the run is completed when all records before a position are. */
        boolean isBegun(long settled) {
            return settled > position || settled == position && count == 0;
        }

        boolean isSettled(long settled) {
            return settled >= position + count;
        }
    }

    private final Deque<Run> runs = new ArrayDeque<>();
    private @Nullable Run last;
    private long note;

    /** Notes that the record at this position, the next one in order, was read from this message. */
    public synchronized void add(long position, int partition, long offset) {
        Run run = last;
        if (run != null && run.partition == partition && run.offset + run.count == offset
                && run.position + run.count == position && run.count > 0) {
            run.count++;
            return;
        }
        append(new Run(position, partition, offset, 1, run == null ? note : run.mark));
    }

    /**
     * Notes that all messages of a partition before an offset have been processed once the stream has completed the records
     * before a position.
     *
     * @param said the mark that {@link #note} returns from then on
     */
    public synchronized void skip(long position, int partition, long following, long said) {
        Run run = last;
        if (run != null && run.count == 0 && run.partition == partition && run.position == position) {
            run.offset = following;
            run.mark = said;
            return;
        }
        append(new Run(position, partition, following, 0, said));
    }

    private void append(Run run) {
        runs.add(run);
        last = run;
    }

    /**
     * Returns how far the partitions have been processed when all records before a position are completed; only partitions with
     * progress are included.
     */
    public synchronized Map<Integer, Long> upTo(long position) {
        Map<Integer, Long> next = new HashMap<>();
        for (Run run : runs) {
            if (!run.isBegun(position)) {
                break;
            }
            next.put(run.partition, run.offset + Math.min(run.count, position - run.position));
        }
        return next;
    }

    /** Returns the mark of the last message that has been processed when all records before a position are completed. */
    public synchronized long note(long position) {
        long said = note;
        for (Run run : runs) {
            if (!run.isSettled(position)) {
                break;
            }
            said = run.mark;
        }
        return said;
    }

    /** Returns the same as {@link #upTo}, and forgets that progress. */
    public synchronized Map<Integer, Long> settle(long position) {
        Map<Integer, Long> next = upTo(position);
        while (!runs.isEmpty() && runs.getFirst().isSettled(position)) {
            note = runs.removeFirst().mark;
        }
        if (runs.isEmpty()) {
            last = null;
        }
        return next;
    }

    /**
     * Forgets all messages.
     *
     * @param said the mark that {@link #note} returns from now on
     */
    public synchronized void clear(long said) {
        runs.clear();
        last = null;
        note = said;
    }
}
