package io.freshet.source;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Which message each record of a stream was, for those that are not settled: says how far each partition is dealt with once
 * the
 * stream is settled up to a position. Confined to one thread.
 */
final class OffsetLedger {

    /** Records that follow each other in the stream and in their partition. */
    private static final class Run {
        private final long position;
        private final int partition;
        private long offset;
        private int count;

        Run(long position, int partition, long offset, int count) {
            this.position = position;
            this.partition = partition;
            this.offset = offset;
            this.count = count;
        }
    }

    private final Deque<Run> runs = new ArrayDeque<>();
    private @Nullable Run last;

    /** The record at this position, which follows those before, is this message. */
    void add(long position, int partition, long offset) {
        Run run = last;
        if (run != null && run.partition == partition && run.offset + run.count == offset
                && run.position + run.count == position && run.count > 0) {
            run.count++;
            return;
        }
        append(new Run(position, partition, offset, 1));
    }

    /** All messages of a partition before one of them are dealt with once the stream is settled up to a position. */
    void pass(long position, int partition, long following) {
        Run run = last;
        if (run != null && run.count == 0 && run.partition == partition && run.position == position) {
            run.offset = following;
            return;
        }
        append(new Run(position, partition, following, 0));
    }

    private void append(Run run) {
        runs.add(run);
        last = run;
    }

    /** How far the partitions are, of which something new is known, when all records before a position are settled. */
    Map<Integer, Long> settle(long position) {
        Map<Integer, Long> next = new HashMap<>();
        while (!runs.isEmpty()) {
            Run first = runs.getFirst();
            if (position < first.position || first.count > 0 && position == first.position) {
                break;
            }
            long settled = Math.min(first.count, position - first.position);
            next.put(first.partition, first.offset + settled);
            if (settled < first.count) {
                break;
            }
            runs.removeFirst();
        }
        if (runs.isEmpty()) {
            last = null;
        }
        return next;
    }

    void clear() {
        runs.clear();
        last = null;
    }
}
