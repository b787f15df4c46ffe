package io.freshet.sink;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tracks the delivery of a batch to one sink and the state of each of its records: open, delivered, permanently rejected, or
 * dropped. Every record leaves the open state exactly once. Thread-safe.
 */
public final class BatchDelivery {

    /** A record that the sink has permanently rejected. */
    private record Rejection(int record, FailureCode code, String reason) {
    }

    /** Stores rejected records as dead letters. */
    @FunctionalInterface
    public interface Keeper {

        /**
         * Stores the records that {@link #letters} returns. The stage completes when they are safe and fails if they are not.
         */
        CompletionStage<Void> keep(BatchDelivery batchDelivery);
    }

    private static final Keeper NOBODY = batchDelivery -> CompletableFuture.completedStage(null);

    private final EncodedBatch batch;
    private final boolean letter;
    private final Keeper keeper;
    private final BitSet open = new BitSet();
    private final List<Rejection> rejected = new ArrayList<>();
    private final AtomicInteger attempts = new AtomicInteger();
    private final AtomicInteger readers = new AtomicInteger();
    private int delivered;
    private int deadLettered;

    /** Creates a delivery whose rejected records are not stored. */
    public BatchDelivery(EncodedBatch batch) {
        this(batch, false, NOBODY);
    }

    public BatchDelivery(EncodedBatch batch, Keeper keeper) {
        this(batch, false, keeper);
    }

    private BatchDelivery(EncodedBatch batch, boolean letter, Keeper keeper) {
        this.batch = batch;
        this.letter = letter;
        this.keeper = keeper;
        open.set(0, batch.size());
    }

    /** Creates a redelivery of a dead letter. It does not affect the progress of the stream. */
    public static BatchDelivery of(DeadLetter letter) {
        return new BatchDelivery(letter.asBatch(), true, NOBODY);
    }

    public boolean isLetter() {
        return letter;
    }

    public EncodedBatch batch() {
        return batch;
    }

    /** Returns the number of open records. */
    public synchronized int size() {
        return open.cardinality();
    }

    /** Returns the indices of the open records in ascending order. */
    public synchronized int[] open() {
        return open.stream().toArray();
    }

    /** Returns the number of delivered records. */
    public synchronized int delivered() {
        return delivered;
    }

    /** Returns the number of permanently rejected records. */
    public synchronized int rejected() {
        return rejected.size();
    }

    /** Returns why the sink rejected the most recently rejected record; empty if it has rejected none. */
    public synchronized String lastReason() {
        return rejected.isEmpty() ? "" : rejected.get(rejected.size() - 1).reason();
    }

    /** Returns the number of delivery attempts. */
    public int attempts() {
        return attempts.get();
    }

    /** Marks a record as delivered. */
    public synchronized void markDelivered(int record) {
        if (open.get(record)) {
            open.clear(record);
            delivered++;
        }
    }

    /** Marks all open records as delivered. */
    public synchronized void markAllDelivered() {
        delivered += open.cardinality();
        open.clear();
    }

    /** Marks a record as permanently rejected. */
    public void reject(int record, String reason) {
        reject(record, FailureCode.REJECTED, reason);
    }

    /** Marks a record as permanently rejected with a code. */
    public synchronized void reject(int record, FailureCode code, String reason) {
        if (open.get(record)) {
            open.clear(record);
            rejected.add(new Rejection(record, code, reason));
        }
    }

    /** Marks all open records as permanently rejected. */
    public synchronized void rejectAll(FailureCode code, String reason) {
        open.stream().forEach(record -> rejected.add(new Rejection(record, code, reason)));
        open.clear();
    }

    /** Removes the tombstones from the open records for a sink that does not accept them. */
    public synchronized void excludeTombstones() {
        open.andNot(batch.headers().tombstones());
    }

    /**
     * Drops the first open records.
     *
     * @param max the maximum number of records to drop
     * @return the number of dropped records
     */
    public synchronized int dropFirst(int max) {
        int dropped = 0;
        for (int record = open.nextSetBit(0); record >= 0 && dropped < max; record = open.nextSetBit(record + 1)) {
            open.clear(record);
            dropped++;
        }
        return dropped;
    }

    /** Drops a record. */
    public synchronized void drop(int record) {
        open.clear(record);
    }

    /**
     * Stores the rejected records that have not been stored yet. The stage completes when they are safe and fails if they are
     * not.
     */
    public CompletionStage<Void> deadLetterRejected() {
        int all = rejected();
        return keeper.keep(this).thenRun(() -> deadLetteredUpTo(all));
    }

    /**
     * Stores the rejected records of several batches as dead letters, and waits for it.
     *
     * @throws IOException if they are not safe
     */
    public static void deadLetterAllRejected(List<BatchDelivery> together) throws IOException {
        try {
            together.forEach(each -> each.deadLetterRejected().toCompletableFuture().join());
        } catch (CompletionException e) {
            throw new IOException("dead letters could not be stored: " + (e.getCause() == null ? e : e.getCause()).getMessage(),
                    e);
        }
    }

    private synchronized void deadLetteredUpTo(int refusals) {
        deadLettered = Math.max(deadLettered, refusals);
    }

    /**
     * Returns the rejected records that have not been stored yet as dead letters.
     *
     * @param name the name of the sink in its stream
     */
    public synchronized List<DeadLetter> letters(String name, Sink sink, Instant time) {
        return rejected.subList(deadLettered, rejected.size()).stream().map(rejection -> new DeadLetter(
                new DeadLetter.Address(batch.stream(), batch.position(rejection.record()), name, sink.kind(), sink.target()),
                new DeadLetter.Cause(rejection.code(), rejection.reason(), attempts.get(), time),
                sink.content(batch, rejection.record()))).toList();
    }

    /** Makes one attempt to deliver the batch, during which its bytes must not be recycled. */
    CompletionStage<Delivery> attempt(Sink sink) {
        begin();
        try {
            return sink.deliver(this);
        } finally {
            readers.decrementAndGet();
        }
    }

    /** Makes one attempt to deliver several batches as one. */
    static CompletionStage<Delivery> attempt(List<BatchDelivery> together, Sink sink) {
        together.forEach(BatchDelivery::begin);
        try {
            return sink.deliver(together);
        } finally {
            together.forEach(each -> each.readers.decrementAndGet());
        }
    }

    private void begin() {
        attempts.incrementAndGet();
        readers.incrementAndGet();
    }

    /** Returns whether a sink may still read the bytes, even if its attempt has timed out. */
    public boolean isBeingRead() {
        return readers.get() > 0;
    }
}
