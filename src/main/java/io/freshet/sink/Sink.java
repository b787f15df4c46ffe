package io.freshet.sink;

import java.util.List;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.KeyEncoder;
import io.freshet.codec.RecordEncoder;
import io.freshet.table.Schema;

/** Where records go. A sink knows only how to deliver; time-outs, retries and circuit breaking are {@link GuardedSink}'s. */
public interface Sink extends AutoCloseable {

    /** What kind of sink it is, as definitions name it. */
    String kind();

    /** Where in it the records go: a topic, a file; empty where there is no more to say. */
    default String target() {
        return "";
    }

    /** What makes the bytes it wants of its records; null for JSON, which all sinks of a stream share. */
    default @Nullable RecordEncoder encoder() {
        return null;
    }

    /** What makes the keys it wants; null for none. */
    default @Nullable KeyEncoder keys() {
        return null;
    }

    /** The columns that it wants records to have that have no fixed ones; null if it takes them as they are. */
    default @Nullable Schema columns() {
        return null;
    }

    /** The bytes that it would deliver of a record. */
    default byte[] message(OutgoingBatch batch, int record) {
        return batch.records().copy(record);
    }

    /** The key that it would deliver with a record; null for none. */
    default byte @Nullable [] messageKey(OutgoingBatch batch, int record) {
        return batch.envelopes().key(record);
    }

    /**
     * Delivers what is open in a consignment. The stage completes with the outcome when it is known; what throws or fails the
     * stage counts as a transient failure. A sink that can tell records apart says of each what became of it, so that another
     * attempt does not repeat what has arrived. The bytes may be read during this call only. Further calls come while batches
     * before are not answered for, and while a repetition is under way by another thread.
     */
    CompletionStage<Delivery> deliver(Consignment consignment);

    /**
     * Delivers several batches as one, in their order. Only a sink that {@link #gathers} is asked to.
     *
     * @param together at least one
     */
    default CompletionStage<Delivery> deliver(List<Consignment> together) {
        throw new UnsupportedOperationException(kind() + " takes batch by batch");
    }

    /**
     * How many records, of several batches, it wants to have as one while no others are on their way; 0 if batches may come one
     * by one, while those before are not answered for.
     */
    default int gathers() {
        return 0;
    }

    /** Whether it answers at once and never fails, so that it needs neither a guard nor another thread. */
    default boolean isImmediate() {
        return false;
    }

    /** Forgets what it keeps for when its stream begins again: the stream is deleted. */
    default void forget() {
        // most keep nothing
    }

    /** Flushes and lets go. */
    @Override
    void close();
}
