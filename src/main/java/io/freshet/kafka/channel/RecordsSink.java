package io.freshet.kafka.channel;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jspecify.annotations.Nullable;

import io.freshet.codec.RecordEncoder;
import io.freshet.sink.BatchDelivery;
import io.freshet.sink.DeadLetter;
import io.freshet.sink.Delivery;
import io.freshet.sink.EncodedBatch;
import io.freshet.sink.RecordHeaderFields;
import io.freshet.sink.Sink;
import io.freshet.table.Schema;

/** Sends batches to the channel {@code records}. A delivery is complete when the connector acknowledges or rejects it. */
final class RecordsSink implements Sink {

    private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

    private final Sink destination;
    private final Emitter<List<BatchDelivery>> emitter;

    RecordsSink(Sink destination, Emitter<List<BatchDelivery>> emitter) {
        this.destination = destination;
        this.emitter = emitter;
    }

    @Override
    public CompletionStage<Delivery> deliver(BatchDelivery batchDelivery) {
        return deliver(List.of(batchDelivery));
    }

    @Override
    public CompletionStage<Delivery> deliver(List<BatchDelivery> together) {
        CompletableFuture<Delivery> outcome = new CompletableFuture<>();
        CallingThread caller = new CallingThread();
        emitter.send(Message.of(together, Metadata.of(new KafkaBatchMetadata(destination, caller)), () -> {
            outcome.complete(Delivery.delivered());
            return DONE;
        }, thrown -> {
            outcome.complete(failure(thrown));
            return DONE;
        }));
        try {
            caller.runTask();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            outcome.completeExceptionally(e);
        }
        return outcome;
    }

    private static Delivery failure(Throwable thrown) {
        return thrown instanceof DeliveryFailedException failed ? failed.failure()
                : new Delivery.TransientFailure(String.valueOf(thrown.getMessage()));
    }

    @Override
    public String kind() {
        return destination.kind();
    }

    @Override
    public String target() {
        return destination.target();
    }

    @Override
    public @Nullable RecordEncoder encoder() {
        return destination.encoder();
    }

    @Override
    public RecordHeaderFields fields() {
        return destination.fields();
    }

    @Override
    public boolean acceptsTombstones() {
        return destination.acceptsTombstones();
    }

    @Override
    public @Nullable Schema columns() {
        return destination.columns();
    }

    @Override
    public DeadLetter.Content content(EncodedBatch batch, int record) {
        return destination.content(batch, record);
    }

    @Override
    public int maxCoalescedRecords() {
        return destination.maxCoalescedRecords();
    }

    @Override
    public void forget() {
        destination.forget();
    }

    @Override
    public void close() {
        destination.close();
    }
}
