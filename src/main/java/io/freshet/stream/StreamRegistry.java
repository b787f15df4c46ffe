package io.freshet.stream;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

import io.freshet.store.CorruptEntryException;
import io.freshet.stream.definition.DefinitionException;
import io.freshet.stream.engine.Stream;

/** The streams of this process by name: those that run or have run here, and those that could not be restored. Thread-safe. */
public final class StreamRegistry {

    private static final Logger LOG = Logger.getLogger(StreamRegistry.class);

    private final Map<String, Stream> streams = new ConcurrentSkipListMap<>();
    private final Map<String, FailedStream> failed = new ConcurrentSkipListMap<>();
    private volatile boolean closed;

    Optional<Stream> find(String name) {
        return Optional.ofNullable(streams.get(name));
    }

    List<Stream> list() {
        return List.copyOf(streams.values());
    }

    List<Stream> shards(String name) {
        return streams.values().stream()
                .filter(stream -> stream.definition().shard().filter(shard -> shard.stream().equals(name)).isPresent())
                .toList();
    }

    Optional<FailedStream> findFailed(String name) {
        return Optional.ofNullable(failed.get(name));
    }

    List<FailedStream> failed() {
        return List.copyOf(failed.values());
    }

    /** @throws StreamConflictException if a stream of this name exists, whether it runs or could not be restored */
    void requireFree(String name) {
        FailedStream broken = failed.get(name);
        if (broken != null) {
            throw new StreamConflictException("name", "is taken: the stream " + name + " is saved and could not be restored ("
                    + broken.reason() + "); resume or delete it first");
        }
        if (streams.containsKey(name)) {
            throw taken(name);
        }
    }

    public static StreamConflictException taken(String name) {
        return new StreamConflictException("name", "is taken: the stream " + name + " already exists");
    }

    /** @throws DefinitionException if the service is shutting down */
    synchronized void add(Stream stream) {
        if (closed) {
            throw new DefinitionException("name", "cannot start: the service is shutting down");
        }
        streams.put(stream.name(), stream);
        failed.remove(stream.name());
    }

    /** @return whether this stream, and not another one of its name, was registered */
    boolean remove(Stream stream) {
        return streams.remove(stream.name(), stream);
    }

    void forgetFailed(String name) {
        failed.remove(name);
    }

    void fail(FailedStream stream) {
        failed.put(stream.name(), stream);
    }

    /** Lists a saved stream as failed, and logs the reason if it is new. */
    void fail(String name, Throwable cause, @Nullable JsonNode definition) {
        // the messages of other exceptions say too little without their type
        boolean explained = cause instanceof DefinitionException || cause instanceof CorruptEntryException
                || cause instanceof IllegalArgumentException;
        String reason = explained && cause.getMessage() != null ? cause.getMessage() : "its saved state is damaged: " + cause;
        FailedStream before = failed.put(name, new FailedStream(name, reason, definition));
        if (before == null || !before.reason().equals(reason)) {
            LOG.errorf("Stream could not be restored: stream=%s reason=%s", name, reason);
        }
    }

    /**
     * Rejects further streams.
     *
     * @return false if the registry was closed already
     */
    synchronized boolean close() {
        boolean first = !closed;
        closed = true;
        return first;
    }

    boolean isClosed() {
        return closed;
    }
}
