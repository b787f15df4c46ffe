package io.freshet.sink.live;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;

import io.smallrye.reactive.messaging.annotations.Broadcast;

/**
 * The channel {@code live}, in memory, from sinks to WebSocket endpoints. {@link Broadcaster} receives it, and beans of an
 * application that embeds the service may receive it too.
 */
@ApplicationScoped
public class LiveChannel {

    static final String NAME = "live";

    private final Emitter<LiveBatch> emitter;
    private final Broadcaster broadcaster;

    public LiveChannel(@Channel(NAME) @Broadcast Emitter<LiveBatch> emitter, Broadcaster broadcaster) {
        this.emitter = emitter;
        this.broadcaster = broadcaster;
    }

    void begin(String stream) {
        broadcaster.begin(stream);
    }

    boolean hasSubscribers(String stream) {
        return broadcaster.hasSubscribers(stream);
    }

    void publish(LiveBatch batch) {
        emitter.send(batch);
    }

    void end(String stream) {
        broadcaster.end(stream);
    }
}
