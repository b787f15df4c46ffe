package io.freshet.stream;

import java.util.ArrayList;
import java.util.List;

import io.freshet.codec.EncodedRecords;

/** Memory for one run of records on its way; used again when all sinks have settled it. Confined to the stream's thread. */
final class Slice {

    private static final int FIRST_BYTES = 1 << 10;

    final EncodedRecords json = EncodedRecords.create(FIRST_BYTES);
    final List<Load> loads = new ArrayList<>();
    int size;
    private final List<EncodedRecords> own = new ArrayList<>();

    /** Memory for the form that one sink wants. */
    EncodedRecords own(int sink) {
        while (own.size() <= sink) {
            own.add(EncodedRecords.create(FIRST_BYTES));
        }
        return own.get(sink);
    }

    /** Whether each record is delivered, a dead letter, or dropped, at all sinks. */
    boolean isSettled() {
        return loads.stream().allMatch(load -> load.settled().getNow(false));
    }

    /** Whether nothing of it is on its way any more; perhaps because it was given up. */
    boolean isAnswered() {
        return loads.stream().allMatch(load -> load.settled().isDone());
    }

    /** Whether nobody, not even an attempt that is no longer waited for, reads its memory. */
    boolean isFree() {
        return loads.stream().noneMatch(load -> load.consignment().isBeingRead());
    }
}
