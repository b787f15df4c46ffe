package io.freshet.stream;

import java.util.concurrent.CompletableFuture;

import io.freshet.sink.Consignment;

/** A consignment in the queue of a sink. Confined to the lock of the queue's {@link SinkRun}. */
final class Load {

    private final Consignment consignment;
    /** Completes with true once each record is delivered, a dead letter, or dropped; with false if it was given up. */
    private final CompletableFuture<Boolean> settled = new CompletableFuture<>();
    private final long begun;
    private long order;
    private int places;
    private int counted;
    private boolean again;

    /**
     * @param begun when it came, in steady nanoseconds
     */
    Load(Consignment consignment, long begun) {
        this.consignment = consignment;
        this.begun = begun;
        this.places = consignment.size();
    }

    Consignment consignment() {
        return consignment;
    }

    CompletableFuture<Boolean> settled() {
        return settled;
    }

    long begun() {
        return begun;
    }

    /** Where it stands among all that came to the queue. */
    long order() {
        return order;
    }

    void setOrder(long place) {
        order = place;
    }

    long position() {
        return consignment.batch().position();
    }

    /** How many records of the queue it is. */
    int places() {
        return places;
    }

    /** Gives places free; how many that were. */
    int free(int fewer) {
        places -= fewer;
        return fewer;
    }

    /** Gives the places of the delivered records free that had not been counted; how many that were. */
    int countDelivered() {
        int more = consignment.delivered() - counted;
        counted += more;
        return free(more);
    }

    /** Says that it is tried again, alone. */
    void tryAgain() {
        again = true;
    }

    boolean isAgain() {
        return again;
    }

    /** Whether there is nothing left to deliver and nothing to be kept as dead letters. */
    boolean isSpent() {
        return consignment.size() == 0 && consignment.refused() == 0;
    }
}
