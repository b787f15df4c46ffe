package io.freshet.sink;

import java.util.concurrent.CompletionStage;

/** Where records go. A sink knows only how to deliver; time-outs, retries and circuit breaking are {@link GuardedSink}'s. */
public interface Sink extends AutoCloseable {

    /** What kind of sink it is, as definitions name it. */
    String kind();

    /**
     * Delivers a batch. The stage completes with the outcome when it is known; what throws or fails the stage counts as a
     * transient failure. Called by one thread at a time, also while batches before are not answered for; the batch stays as it
     * is
     * until then.
     */
    CompletionStage<Delivery> deliver(OutgoingBatch batch);

    /** Flushes and lets go. */
    @Override
    void close();
}
