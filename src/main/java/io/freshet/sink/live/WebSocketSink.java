package io.freshet.sink.live;

import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.freshet.sink.BatchDelivery;
import io.freshet.sink.Delivery;
import io.freshet.sink.EncodedBatch;
import io.freshet.sink.Sink;

/**
 * Sends batches to the channel {@code live}, whose receiver puts them into the queues of the subscribers of
 * {@code /streams/{name}}.
 */
public final class WebSocketSink implements Sink {

    private final LiveChannel live;
    private final String stream;

    public WebSocketSink(LiveChannel live, String stream) {
        this.live = live;
        this.stream = stream;
        live.begin(stream);
    }

    @Override
    public String kind() {
        return "websocket";
    }

    /** The receiver puts messages into the queues of the subscribers without blocking. */
    @Override
    public boolean isImmediate() {
        return true;
    }

    @Override
    public CompletionStage<Delivery> deliver(BatchDelivery batchDelivery) {
        if (live.hasSubscribers(stream)) {
            EncodedBatch batch = batchDelivery.batch();
            StringJoiner records = new StringJoiner(",", "{\"stream\":\"" + stream + "\",\"position\":" + batch.position()
                    + ",\"records\":[", "]}");
            for (int record : batchDelivery.open()) {
                records.add(batch.records().text(record));
            }
            live.publish(new LiveBatch(stream, records.toString()));
        }
        return CompletableFuture.completedStage(Delivery.delivered());
    }

    @Override
    public void close() {
        live.end(stream);
    }
}
