package io.freshet.stream.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.EncodedRecords;
import io.freshet.stage.StageRecord;
import io.freshet.store.StageStates.State;
import io.freshet.stream.delivery.QueueEntry;

/**
 * A batch of records in flight with its memory, which is reused once all sinks have completed it. Confined to the stream's
 * thread.
 */
final class InFlightBatch {

    private static final int FIRST_BYTES = 1 << 8;

    /** A record that does not match a sink's schema, and the reason. */
    record Unfit(String sink, StageRecord record, String reason) {
    }

    /** Memory that is allocated on first use. */
    @FunctionalInterface
    interface Memory {
        EncodedRecords get();
    }

    final EncodedRecords json = EncodedRecords.create(FIRST_BYTES);
    final List<QueueEntry> queueEntries = new ArrayList<>();
    /** The outcome of the dead letters of the stages: true when they are safe, false when they were abandoned. */
    CompletableFuture<Boolean> rejected = CompletableFuture.completedFuture(true);
    /** The records that do not match a sink's schema. */
    final List<Unfit> unfit = new ArrayList<>();
    /** How many records of the source it accounts for. */
    int size;
    /** When it was dispatched to the sinks, in steady nanoseconds. */
    long sentNanos;
    /** How many of its records the stages rejected. */
    int rejectedByStages;
    /** The state of the stages after it; null for most. */
    @Nullable
    State state;
    private final List<EncodedRecords> own = new ArrayList<>();

    /** Returns the memory for the encoding of one sink. */
    Memory memory(int sink) {
        return () -> {
            while (own.size() <= sink) {
                own.add(EncodedRecords.create(FIRST_BYTES));
            }
            return own.get(sink);
        };
    }

    /** Returns whether each record is delivered, a dead letter, or dropped, at all sinks. */
    boolean isCompleted() {
        return rejected.getNow(false) && queueEntries.stream().allMatch(queueEntry -> queueEntry.completed().getNow(false));
    }

    /** Returns how many records the stages rejected plus the most that any sink rejected. */
    int failed() {
        return rejectedByStages
                + queueEntries.stream().mapToInt(queueEntry -> queueEntry.batchDelivery().rejected()).max().orElse(0);
    }

    /** Returns whether no part of it is in flight any more; it may have been abandoned. */
    boolean isProcessed() {
        return rejected.isDone() && queueEntries.stream().allMatch(queueEntry -> queueEntry.completed().isDone());
    }

    /** Returns whether its memory can be reused: nothing reads it, not even an attempt that has timed out. */
    boolean isRecyclable() {
        return queueEntries.stream().noneMatch(queueEntry -> queueEntry.batchDelivery().isBeingRead());
    }

    /** Returns the size of its records in bytes, over all encodings. */
    long bytes() {
        return json.used() + own.stream().mapToLong(EncodedRecords::used).sum();
    }

    /** Returns the memory that it holds, whether in use or not. */
    long memoryBytes() {
        return json.bytes().length + own.stream().mapToLong(each -> each.bytes().length).sum();
    }

    void clear() {
        queueEntries.clear();
        unfit.clear();
        state = null;
        rejectedByStages = 0;
        rejected = CompletableFuture.completedFuture(true);
    }
}
