package io.freshet.source;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Which message each record of a stream was, for those that are not settled: says how far each partition is dealt with once
 * the stream is settled up to a position. Thread-safe.
 */
final class OffsetLedger {

    /** Records that follow each other in the stream and in their partition. */
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

        /** Whether something of it is settled when all records before a position are. */
        boolean isBegun(long settled) {
            return settled > position || settled == position && count == 0;
        }

        boolean isSettled(long settled) {
            return settled >= position + count;
        }
    }

    private final Deque<Run> runs = new ArrayDeque<>();
    private @Nullable Run last;
    private long mark;

    /** The record at this position, which follows those before, is this message. */
    synchronized void add(long position, int partition, long offset) {
        Run run = last;
        if (run != null && run.partition == partition && run.offset + run.count == offset
                && run.position + run.count == position && run.count > 0) {
            run.count++;
            return;
        }
        append(new Run(position, partition, offset, 1, run == null ? mark : run.mark));
    }

    /**
     * All messages of a partition before one of them are dealt with once the stream is settled up to a position.
     *
     * @param said what {@link #mark} says then
     */
    synchronized void pass(long position, int partition, long following, long said) {
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

    /** How far the partitions are, of which something new is known, when all records before a position are settled. */
    synchronized Map<Integer, Long> upTo(long position) {
        Map<Integer, Long> next = new HashMap<>();
        for (Run run : runs) {
            if (!run.isBegun(position)) {
                break;
            }
            next.put(run.partition, run.offset + Math.min(run.count, position - run.position));
        }
        return next;
    }

    /** What was said of the last message that is dealt with when all records before a position are settled. */
    synchronized long mark(long position) {
        long said = mark;
        for (Run run : runs) {
            if (!run.isSettled(position)) {
                break;
            }
            said = run.mark;
        }
        return said;
    }

    /** As {@link #upTo}, of which then nothing is new any more. */
    synchronized Map<Integer, Long> settle(long position) {
        Map<Integer, Long> next = upTo(position);
        while (!runs.isEmpty() && runs.getFirst().isSettled(position)) {
            mark = runs.removeFirst().mark;
        }
        if (runs.isEmpty()) {
            last = null;
        }
        return next;
    }

    /**
     * Forgets all messages.
     *
     * @param said what {@link #mark} says from now on
     */
    synchronized void clear(long said) {
        runs.clear();
        last = null;
        mark = said;
    }
}
