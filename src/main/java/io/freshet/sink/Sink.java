package io.freshet.sink;

import java.util.List;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.RecordEncoder;
import io.freshet.event.Headers;
import io.freshet.table.Schema;

/** A destination for records. A sink only delivers; {@link GuardedSink} adds time-outs, retries and circuit breaking. */
public interface Sink extends AutoCloseable {

    /** Returns the kind of the sink, as definitions name it. */
    String kind();

    /** Returns the destination within the sink, such as a topic or a file; empty if there is nothing to name. */
    default String target() {
        return "";
    }

    /** Returns the encoder for its records, or null for JSON, which all sinks of a stream share. */
    default @Nullable RecordEncoder encoder() {
        return null;
    }

    /** Returns the fields of records from which it takes metadata. */
    default RecordHeaderFields fields() {
        return RecordHeaderFields.NONE;
    }

    /** Returns whether it accepts tombstones. Otherwise it only receives records. */
    default boolean acceptsTombstones() {
        return false;
    }

    /** Returns the columns that it expects of records without fixed columns, or null if it accepts them as they are. */
    default @Nullable Schema columns() {
        return null;
    }

    /** Returns the content of a record for a dead letter. */
    default DeadLetter.Content content(EncodedBatch batch, int record) {
        Headers headers = batch.headers().headers(record);
        return new DeadLetter.Content(batch.headers().key(record), batch.records().copy(record),
                headers == null ? Headers.NONE : headers, batch.headers().timestamp(record));
    }

    /**
     * Delivers the open records of a batch. The stage completes with the outcome. An exception, or a stage that fails, counts
     * as a transient failure. A sink that can distinguish records reports the outcome of each, so that a retry does not repeat
     * records that have arrived. The bytes may only be read during this call. Further calls may follow before earlier batches
     * are completed, and while another thread retries.
     */
    CompletionStage<Delivery> deliver(BatchDelivery batchDelivery);

    /**
     * Delivers several batches as one, in their order. Called only if {@link #maxCoalescedRecords} is positive.
     *
     * @param together at least one batch
     */
    default CompletionStage<Delivery> deliver(List<BatchDelivery> together) {
        throw new UnsupportedOperationException(kind() + " sinks do not accept several batches at once");
    }

    /**
     * Returns the maximum number of records, across several batches, that it accepts as one delivery while no other is in
     * flight; 0 if batches may follow one by one before the earlier ones are completed.
     */
    default int maxCoalescedRecords() {
        return 0;
    }

    /** Returns whether it answers immediately and never fails, so that it needs neither a guard nor another thread. */
    default boolean isImmediate() {
        return false;
    }

    /** Deletes the state that the sink stores for resuming its stream. Called when the stream is deleted. */
    default void forget() {
        // most sinks store no state
    }

    /** Flushes and releases the resources. */
    @Override
    void close();
}
