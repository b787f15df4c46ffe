package io.freshet.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.EncodedRecords;
import io.freshet.stage.StageRecord;
import io.freshet.store.StageStates.State;

/** Memory for one run of records on its way; used again when all sinks have settled it. Confined to the stream's thread. */
final class Slice {

    private static final int FIRST_BYTES = 1 << 8;

    /** A record that is not as a sink wants records to be, and why. */
    record Unfit(String sink, StageRecord record, String reason) {
    }

    /** Memory that is there once somebody wants it. */
    @FunctionalInterface
    interface Memory {
        EncodedRecords get();
    }

    final EncodedRecords json = EncodedRecords.create(FIRST_BYTES);
    final List<Load> loads = new ArrayList<>();
    /** What has to be done besides: true when it is, false when it was given up. */
    CompletableFuture<Boolean> rejected = CompletableFuture.completedFuture(true);
    /** What a sink cannot have as it wants records to be. */
    final List<Unfit> unfit = new ArrayList<>();
    /** How many records of the source it stands for. */
    int size;
    /** The state of the stages behind it; null for most. */
    @Nullable
    State state;
    private final List<EncodedRecords> own = new ArrayList<>();

    /** Memory for the form that one sink wants. */
    Memory memory(int sink) {
        return () -> {
            while (own.size() <= sink) {
                own.add(EncodedRecords.create(FIRST_BYTES));
            }
            return own.get(sink);
        };
    }

    /** Whether each record is delivered, a dead letter, or dropped, at all sinks. */
    boolean isSettled() {
        return rejected.getNow(false) && loads.stream().allMatch(load -> load.settled().getNow(false));
    }

    /** Whether nothing of it is on its way any more; perhaps because it was given up. */
    boolean isAnswered() {
        return rejected.isDone() && loads.stream().allMatch(load -> load.settled().isDone());
    }

    /** Whether nobody, not even an attempt that is no longer waited for, reads its memory. */
    boolean isFree() {
        return loads.stream().noneMatch(load -> load.consignment().isBeingRead());
    }

    void clear() {
        loads.clear();
        unfit.clear();
        state = null;
        rejected = CompletableFuture.completedFuture(true);
    }
}
