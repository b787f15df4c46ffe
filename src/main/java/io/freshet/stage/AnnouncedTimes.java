package io.freshet.stage;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The times of the records at the start of the chain. A window uses them to learn about records that an earlier stage drops;
 * otherwise a partition that a filter almost empties would hold event time back. Not thread-safe.
 */
final class AnnouncedTimes {

    /** A record of a partition, with its time if it has one. */
    record Announced(long position, int partition, OptionalLong moment) {
    }

    private final Deque<Announced> waiting = new ArrayDeque<>();

    /** Adds those records of a batch that have a partition. */
    void add(List<StageRecord> records, Function<StageRecord, OptionalLong> moment) {
        for (StageRecord record : records) {
            if (record.partition() >= 0) {
                waiting.add(new Announced(record.position(), record.partition(), moment.apply(record)));
            }
        }
    }

    /**
     * Passes on the records before a position, which cannot reach the window any more, and removes the record at the position.
     */
    void drainTo(long position, Consumer<Announced> to) {
        while (!waiting.isEmpty() && waiting.getFirst().position() <= position) {
            Announced next = waiting.removeFirst();
            if (next.position() < position) {
                to.accept(next);
            }
        }
    }

    /** Passes on all remaining records. */
    void drain(Consumer<Announced> to) {
        drainTo(Long.MAX_VALUE, to);
    }
}
