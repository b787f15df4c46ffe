package io.freshet.sink;

import java.util.concurrent.CompletionStage;

/** Where records go. A sink knows only how to deliver; retrying is the work of {@link GuardedSink}. */
public interface Sink extends AutoCloseable {

    /** What kind of sink it is, as definitions name it. */
    String kind();

    /**
     * Delivers a batch. The stage completes when the receiver has all records, or fails with a {@link DeliveryException}.
     */
    CompletionStage<Void> deliver(OutgoingBatch batch);

    /** Flushes and lets go. */
    @Override
    void close();
}
