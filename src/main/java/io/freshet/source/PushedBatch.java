package io.freshet.source;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.freshet.source.PushResult.Failure;

/** The records of one push, until all sinks have acknowledged them. Guarded by the lock of its {@link PushBuffer}. */
final class PushedBatch {

    private static final double NANOS_PER_MILLI = 1e6;

    private final long first;
    private final int size;
    private final long startedNanos;
    private final BitSet failed = new BitSet();
    private final List<Failure> failures = new ArrayList<>();
    private final CompletableFuture<PushResult> result = new CompletableFuture<>();

    /** @param first the sequence number of its first record in the buffer */
    PushedBatch(long first, int size, long startedNanos) {
        this.first = first;
        this.size = size;
        this.startedNanos = startedNanos;
    }

    /** Returns the sequence number after its last record. */
    long end() {
        return first + size;
    }

    boolean contains(long sequence) {
        return sequence >= first && sequence < end();
    }

    CompletableFuture<PushResult> result() {
        return result;
    }

    /** Records a failure; a record that fails at several sinks counts once. */
    void fail(long sequence, String component, String reason) {
        int record = (int) (sequence - first);
        if (!failed.get(record)) {
            failed.set(record);
            if (failures.size() < PushResult.MAX_FAILURES) {
                failures.add(new Failure(record, component, reason));
            }
        }
    }

    /** Records the failure of every record from a sequence number on. */
    void failFrom(long sequence, String component, String reason) {
        for (long each = Math.max(first, sequence); each < end(); each++) {
            fail(each, component, reason);
        }
    }

    void complete(long nanos) {
        int rejected = failed.cardinality();
        result.complete(new PushResult(size - rejected, rejected, failures, (nanos - startedNanos) / NANOS_PER_MILLI));
    }
}
