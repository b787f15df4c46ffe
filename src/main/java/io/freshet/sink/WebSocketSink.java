package io.freshet.sink;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.freshet.codec.RecordWriter;

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

    @Override
    public CompletionStage<Delivery> deliver(OutgoingBatch batch) {
        if (feed.hasFollowers(stream)) {
            String records = new String(RecordWriter.JSON.write(batch.json(), true), StandardCharsets.UTF_8);
            feed.publish(stream, "{\"stream\":\"" + stream + "\",\"position\":" + batch.position() + ",\"records\":[" + records
                    + "]}");
        }
        return CompletableFuture.completedStage(Delivery.delivered());
    }

    @Override
    public void close() {
        feed.end(stream);
    }
}
