package io.freshet.stream.delivery;

import java.util.concurrent.CompletableFuture;

import io.freshet.sink.BatchDelivery;

/** A batch in the queue of a sink. Confined to the lock of the queue's {@link SinkTask}. */
public final class QueueEntry {

    private final BatchDelivery batchDelivery;
    /** Completes with true once each record is delivered, a dead letter, or dropped; with false if the batch was abandoned. */
    private final CompletableFuture<Boolean> completed = new CompletableFuture<>();
    private final long startedAt;
    private final long bytes;
    private long order;
    private int slots;
    private int counted;
    private boolean again;

    /** @param startedAt when it was queued, in steady nanoseconds */
    public QueueEntry(BatchDelivery batchDelivery, long startedAt) {
        this.batchDelivery = batchDelivery;
        this.startedAt = startedAt;
        this.slots = batchDelivery.size();
        this.bytes = batchDelivery.batch().records().used();
    }

    /** Returns the size of its records in bytes. */
    long bytes() {
        return bytes;
    }

    public BatchDelivery batchDelivery() {
        return batchDelivery;
    }

    public CompletableFuture<Boolean> completed() {
        return completed;
    }

    long startedAt() {
        return startedAt;
    }

    /** Returns its place in the order in which batches arrived at the queue. */
    long order() {
        return order;
    }

    void setOrder(long place) {
        order = place;
    }

    long position() {
        return batchDelivery.batch().position();
    }

    /** Returns how many slots of the queue it occupies, one per record. */
    int slots() {
        return slots;
    }

    /**
     * Releases slots.
     *
     * @return how many slots were released
     */
    int release(int fewer) {
        slots -= fewer;
        return fewer;
    }

    /**
     * Releases the slots of the delivered records that have not been counted yet.
     *
     * @return how many slots were released
     */
    int countDelivered() {
        int more = batchDelivery.delivered() - counted;
        counted += more;
        return release(more);
    }

    /** Marks the batch for a retry, in which it is delivered alone. */
    void tryAgain() {
        again = true;
    }

    boolean isAgain() {
        return again;
    }

    /** Returns whether nothing is left to deliver or to keep as dead letters. */
    boolean isSpent() {
        return batchDelivery.size() == 0 && batchDelivery.rejected() == 0;
    }
}
