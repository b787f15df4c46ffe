package io.freshet.stream.cluster;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import io.freshet.store.StreamStore;
import io.freshet.store.StreamStore.SavedStream;
import io.freshet.stream.Streams;
import io.freshet.stream.delivery.StreamTime;

/** The stream that each stream ultimately reads, as it was last determined; another instance may have recreated it since. */
final class StreamRoots {

    /** The maximum depth of streams that read streams; a deeper chain must be a cycle. */
    private static final int DEEPEST = 20;

    private record Root(String name, long foundAt) {
    }

    private final Streams streams;
    private final StreamStore store;
    private final StreamTime time;
    private final Map<String, Root> known = new ConcurrentHashMap<>();

    StreamRoots(Streams streams, StreamStore store, StreamTime time) {
        this.streams = streams;
        this.store = store;
        this.time = time;
    }

    /**
     * Returns the stream that determines the slot. A stream of a stream must run on the same instance as its source, because
     * records are passed in memory.
     */
    String find(String name, JsonNode definition) {
        String root = name;
        JsonNode json = definition;
        for (int i = 0; i < DEEPEST && json.path("source").path("stream").isTextual(); i++) {
            root = json.path("source").path("stream").textValue();
            json = source(root);
        }
        known.put(name, new Root(root, time.nanos()));
        return root;
    }

    /** Returns the root of a stream if it was determined within this time. */
    Optional<String> recent(String name, long nanos) {
        return Optional.ofNullable(known.get(name)).filter(root -> time.nanos() - root.foundAt() < nanos).map(Root::name);
    }

    void forget(String name) {
        known.remove(name);
    }

    private JsonNode source(String name) {
        return streams.find(name).map(stream -> stream.definition().json())
                .or(() -> store.find(name).map(SavedStream::definition))
                .orElse(MissingNode.getInstance());
    }
}
