package io.freshet.stream;

import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.databind.JsonNode;

import io.freshet.store.StageStates;
import io.freshet.store.StreamStore;
import io.freshet.store.StreamStore.Claimed;
import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.engine.ResumePoint;
import io.freshet.stream.engine.Stream;

/** Resumes saved streams, and gives up those that another process has taken over. */
final class StreamOwnership {

    private static final Logger LOG = Logger.getLogger(StreamOwnership.class);

    private final StreamStore store;
    private final StageStates states;
    private final StreamBuilder builder;
    private final PositionSaver positions;
    private final StreamRegistry registry;
    private final RunningStreams running;
    private final NamedLocks locks;
    private volatile Consumer<FailedStream> takenOver;

    StreamOwnership(StreamStore store, StageStates states, StreamBuilder builder, PositionSaver positions,
            StreamRegistry registry, RunningStreams running, NamedLocks locks) {
        this.store = store;
        this.states = states;
        this.builder = builder;
        this.positions = positions;
        this.registry = registry;
        this.running = running;
        this.locks = locks;
        this.takenOver = registry::fail;
    }

    /** Restores the streams that existed when the process ended. Those that were running resume from their positions. */
    void restore() {
        store.names().forEach(this::resume);
    }

    /**
     * Claims a saved stream and resumes it from its saved position.
     *
     * @return empty if it is no longer saved, or cannot be restored; in the latter case it is among the {@link #failed}
     * @throws UncheckedIOException if the store does not answer
     */
    Optional<Stream> resume(String name) {
        return locks.locked(name, () -> {
            Optional<Stream> present = registry.find(name);
            if (present.isPresent() || registry.isClosed()) {
                return present;
            }
            JsonNode definition = null;
            try {
                Claimed claimed = store.claim(name).orElse(null);
                if (claimed == null) {
                    registry.forgetFailed(name);
                    return Optional.empty();
                }
                definition = claimed.stream().isCorrupt() ? null : claimed.stream().definition();
                return Optional.of(resume(name, claimed));
            } catch (UncheckedIOException e) {
                throw e;
            } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
                // damaged lengths and nesting depths can request any amount of memory
                registry.fail(name, e, definition);
                return Optional.empty();
            }
        });
    }

    private Stream resume(String name, Claimed claimed) {
        if (claimed.stream().isCorrupt()) {
            throw new IllegalArgumentException(claimed.stream().error());
        }
        StreamDefinition definition = StreamDefinition.parseSaved(claimed.stream().definition());
        if (!definition.name().equals(name)) {
            throw new IllegalArgumentException("it is saved as " + name + ", but its definition is named " + definition.name());
        }
        states.claim(name);
        Stream stream = builder.stream(definition, ResumePoint.of(claimed.stream()), null);
        positions.own(stream, claimed.epoch());
        try {
            running.run(stream);
        } catch (RuntimeException e) {
            positions.release(stream);
            stream.discard();
            throw e;
        }
        return stream;
    }

    /** Saves the positions of all streams. Streams that another instance has taken over end here. */
    void saveAll() {
        if (!registry.isClosed()) {
            registry.list().stream().filter(stream -> !positions.save(stream)).forEach(this::giveUp);
        }
    }

    /** Sets what happens to streams that another process has taken over, instead of listing them as failed. */
    void whenTakenOver(Consumer<FailedStream> listener) {
        takenOver = listener;
    }

    private void giveUp(Stream stream) {
        LOG.warnf("Stream released: another instance has taken it over, or it was deleted there: stream=%s position=%d",
                stream.name(), stream.position());
        stream.release();
        running.leave(stream);
        states.release(stream.name());
        takenOver.accept(new FailedStream(stream.name(), "another instance has taken it over or deleted it",
                stream.definition().json()));
    }
}
