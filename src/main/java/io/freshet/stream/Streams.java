package io.freshet.stream;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import jakarta.enterprise.context.ApplicationScoped;

import io.freshet.memory.MemoryBudget;
import io.freshet.store.History;
import io.freshet.store.StageStates;
import io.freshet.store.StreamStore;
import io.freshet.store.StreamStore.SavedStream;
import io.freshet.stream.assembly.StreamParts;
import io.freshet.stream.definition.DefinitionException;
import io.freshet.stream.definition.Shard;
import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.delivery.SinkTask;
import io.freshet.stream.delivery.StreamTime;
import io.freshet.stream.engine.ResumePoint;
import io.freshet.stream.engine.StateRestorer;
import io.freshet.stream.engine.Stream;
import io.freshet.stream.engine.StreamState;
import io.freshet.stream.health.AlertConfig;
import io.freshet.stream.health.StreamHealth;

/**
 * All streams of this process. Changes of one stream are serialised and may take as long as its sinks need to drain; different
 * streams do not wait for each other.
 */
@ApplicationScoped
public class Streams {

    private final StreamParts parts;
    private final StreamStore store;
    private final StageStates states;
    private final History history;
    private final StreamMeters meters;
    private final StreamBuilder builder;
    private final StreamTime time = StreamTime.SYSTEM;
    private final StreamRegistry registry = new StreamRegistry();
    private final NamedLocks locks = new NamedLocks();
    private final PositionSaver positions;
    private final RunningStreams running;
    private final StreamOwnership restorer;
    private final StreamExchange exchanges;

    public Streams(StreamParts parts, StreamStore store, StageStates states, History history, StreamMeters meters,
            StreamHooks hooks, MemoryBudget memory) {
        this.parts = parts;
        this.store = store;
        this.positions = new PositionSaver(store);
        this.states = states;
        this.history = history;
        this.meters = meters;
        meters.watchAll(registry, positions);
        this.builder = new StreamBuilder(parts, states, history, meters, hooks, time, memory);
        this.running = new RunningStreams(registry, positions, states, meters, locks, time);
        this.restorer = new StreamOwnership(store, states, builder, positions, registry, running, locks);
        this.exchanges = new StreamExchange(parts, builder, positions, running, restorer, time);
        parts.taps().watch(name -> find(name).isPresent() || store.find(name).isPresent(),
                name -> find(name).map(stream -> stream.state().isFinal()).orElse(false));
    }

    /**
     * Starts a stream, after saving it.
     *
     * @throws StreamConflictException if a stream of this name exists
     * @throws DefinitionException if the definition names something that does not exist
     * @throws UncheckedIOException if it cannot be saved; nothing is started in this case
     */
    public Stream create(StreamDefinition definition) {
        return create(definition, RunId.random());
    }

    /** Starts a stream as {@link #create(StreamDefinition)} does, under a given {@link Stream#runId run id}. */
    public Stream create(StreamDefinition definition, String run) {
        return locks.locked(definition.name(), () -> {
            registry.requireFree(definition.name());
            if (store.find(definition.name()).isPresent()) {
                throw StreamRegistry.taken(definition.name());
            }
            StreamDefinition wanted = definition.startingAt(time.now(), parts::areStoresOpen);
            return startNew(wanted, run, stream -> {
                if (!store.saveNew(wanted.name(), beginning(wanted, run))) {
                    throw StreamRegistry.taken(wanted.name());
                }
                try {
                    claimNew(stream);
                } catch (RuntimeException e) {
                    deleteHalfMade(wanted.name(), e);
                    throw e;
                }
            });
        });
    }

    /** Starts a stream that this process has just saved. */
    public Stream createSaved(SavedStream saved) {
        StreamDefinition definition = StreamDefinition.parseSaved(saved.definition());
        return locks.locked(definition.name(), () -> {
            registry.requireFree(definition.name());
            return startNew(definition, saved.run(), this::claimNew);
        });
    }

    /**
     * Starts a stream without saving it, so that it does not return after a restart.
     *
     * @throws DefinitionException as {@link #create}
     */
    public Stream createTransient(StreamDefinition definition) {
        return locks.locked(definition.name(), () -> {
            registry.requireFree(definition.name());
            return startNew(definition.startingAt(time.now(), parts::areStoresOpen), RunId.random(), stream -> {
                // nothing to save
            });
        });
    }

    private Stream startNew(StreamDefinition definition, String run, Consumer<Stream> saver) {
        Stream stream = builder.stream(definition, ResumePoint.of(run), null);
        try {
            saver.accept(stream);
            running.run(stream);
            return stream;
        } catch (RuntimeException e) {
            positions.release(stream);
            stream.discard();
            throw e;
        }
    }

    /** Deletes the saved entry of a stream that failed to start, so that it does not return after a restart. */
    public void deleteHalfMade(String name, RuntimeException cause) {
        try {
            store.delete(name);
        } catch (UncheckedIOException e) {
            cause.addSuppressed(e);
        }
    }

    private void claimNew(Stream stream) {
        states.claim(stream.name());
        if (store.isPersistent()) {
            positions.own(stream, store.claim(stream.name()).orElseThrow(() -> StreamRegistry.taken(stream.name())).epoch());
        }
    }

    public boolean isTransient(String name) {
        return store.isPersistent() && find(name).map(stream -> !positions.owns(stream)).orElse(false);
    }

    /**
     * Checks a definition that another instance is to start.
     *
     * @throws DefinitionException if it names something that does not exist
     */
    public SavedStream check(StreamDefinition definition) {
        StreamDefinition wanted = definition.startingAt(time.now(), parts::areStoresOpen);
        parts.check(wanted, time);
        return beginning(wanted, RunId.random());
    }

    /** Returns what is saved of a stream that has not started yet. */
    public static SavedStream beginning(StreamDefinition definition, String run) {
        return new SavedStream(definition.json(), 0, StreamState.RUNNING.id(), null, run, null);
    }

    /**
     * Replaces the definition of a stream. The stream resumes from its position, with the state of its stages, if the source
     * and the processing stay the same; stages after the last one that keeps state may differ. Otherwise, it starts from the
     * beginning.
     *
     * @throws DefinitionException if the new definition names something that does not exist; the stream then continues under
     *         the old one
     */
    public Stream replace(StreamDefinition definition) {
        return locks.locked(definition.name(), () -> {
            StreamDefinition wanted = definition.startingAt(time.now(), parts::areStoresOpen);
            Stream before = find(wanted.name()).orElse(null);
            if (findFailed(wanted.name()).filter(broken -> !definition.json().equals(broken.definition())).isPresent()) {
                parts.check(wanted, time);
                delete(wanted.name());
            }
            if (before == null) {
                return create(wanted);
            }
            if (StateRestorer.continues(before, wanted)) {
                return exchanges.exchange(before, wanted, StreamState.RUNNING);
            }
            parts.check(wanted, time);
            delete(wanted.name());
            return create(wanted);
        });
    }

    /**
     * Changes the pace, the sinks and other replaceable parts of a running or paused stream, which resumes from its position.
     *
     * @throws StreamConflictException if the stream has ended, or could not resume from its position
     * @throws DefinitionException if the new definition names something that does not exist; the stream then continues under
     *         the old one
     */
    public Stream change(StreamDefinition wanted) {
        return locks.locked(wanted.name(), () -> {
            Stream before = find(wanted.name()).orElse(null);
            if (before == null || before.state().isFinal()) {
                throw new StreamConflictException("name", "denotes a stream that has ended");
            }
            if (!StateRestorer.continues(before, wanted)) {
                throw new StreamConflictException("definition",
                        "cannot change the source, chaos, or the stages up to the last one that keeps state; create another stream");
            }
            return exchanges.exchange(before, wanted, before.lastingState());
        });
    }

    public Optional<Stream> find(String name) {
        return registry.find(name);
    }

    /** Returns the shards of a stream that run in this process. */
    public List<Stream> shards(String name) {
        return registry.shards(name);
    }

    /** Returns all streams, by name. */
    public List<Stream> list() {
        return registry.list();
    }

    /** Returns a saved stream that could not be restored. */
    public Optional<FailedStream> findFailed(String name) {
        return registry.findFailed(name);
    }

    /** Returns the saved streams that could not be restored, by name. */
    public List<FailedStream> failed() {
        return registry.failed();
    }

    /** Returns the health of all streams, including those that could not be restored. */
    public List<StreamHealth> health(AlertConfig config) {
        return java.util.stream.Stream.concat(list().stream().map(stream -> StreamHealth.of(stream, config)),
                failed().stream().map(FailedStream::health)).toList();
    }

    /** Returns how often positions could not be saved. */
    long saveFailures() {
        return positions.failures();
    }

    /**
     * Stops and deletes a stream.
     *
     * @return false if it does not exist
     * @throws UncheckedIOException if the store does not answer; the stream has stopped in this case, and can be deleted again
     */
    public boolean delete(String name) {
        return locks.locked(name, () -> {
            Stream stream = find(name).orElse(null);
            if (stream == null && findFailed(name).isEmpty()) {
                return false;
            }
            if (stream != null) {
                stream.stop();
                running.drain(stream, RunningStreams.DRAIN);
                stream.sinks().forEach(SinkTask::forget);
                positions.release(stream);
            }
            forget(name);
            if (stream != null) {
                running.leave(stream);
            }
            registry.forgetFailed(name);
            return true;
        });
    }

    private void forget(String name) {
        String whole = Shard.streamOf(name).orElse(name);
        history.forget(whole);
        store.delete(name);
        states.delete(name);
        parts.forget(whole);
    }

    /**
     * Transfers streams to another instance: delivers what is in flight, and saves the positions.
     *
     * @param savePositions whether positions are saved; false if another instance has resumed the streams already
     */
    public void transfer(Collection<String> names, boolean savePositions) {
        running.transfer(names, savePositions);
    }

    /** Saves the positions of all streams. Streams that another instance has taken over end here. */
    public void saveAll() {
        restorer.saveAll();
    }

    /** Sets what happens to streams that another process has taken over, instead of listing them as failed. */
    public void whenTakenOver(Consumer<FailedStream> listener) {
        restorer.whenTakenOver(listener);
    }

    /** Restores the streams that existed when the process ended. Those that were running resume from their positions. */
    public void restore() {
        restorer.restore();
    }

    /**
     * Claims a saved stream and resumes it from its saved position.
     *
     * @return empty if it is no longer saved, or cannot be restored; in the latter case it is among the {@link #failed}
     * @throws UncheckedIOException if the store does not answer
     */
    public Optional<Stream> resume(String name) {
        return restorer.resume(name);
    }

    /** Returns whether this process is about to end, or has ended, and its streams are to resume in this or another one. */
    public boolean isShuttingDown() {
        return registry.isClosed();
    }

    /** Stops emitting records, waits for the sinks to drain for at most {@code patience}, and saves the positions. */
    public void shutDown(Duration patience) {
        running.shutDown(patience);
    }
}
