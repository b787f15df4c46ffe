package io.freshet.sink;

import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Publishes batches to those who follow the stream at {@code /streams/{name}}; the feed sees to those who are slow. */
public final class WebSocketSink implements Sink {

    private final LiveFeed feed;
    private final String stream;

    public WebSocketSink(LiveFeed feed, String stream) {
        this.feed = feed;
        this.stream = stream;
        feed.begin(stream);
    }

    @Override
    public String kind() {
        return "websocket";
    }

    /** Followers take what they are offered into queues of their own. */
    @Override
    public boolean isImmediate() {
        return true;
    }

    @Override
    public CompletionStage<Delivery> deliver(Consignment consignment) {
        if (feed.hasFollowers(stream)) {
            OutgoingBatch batch = consignment.batch();
            StringJoiner records = new StringJoiner(",", "{\"stream\":\"" + stream + "\",\"position\":" + batch.position()
                    + ",\"records\":[", "]}");
            for (int record : consignment.open()) {
                records.add(batch.records().text(record));
            }
            feed.publish(stream, records.toString());
        }
        return CompletableFuture.completedStage(Delivery.delivered());
    }

    @Override
    public void close() {
        feed.end(stream);
    }
}
