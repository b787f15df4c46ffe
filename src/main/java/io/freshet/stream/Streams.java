package io.freshet.stream;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.databind.JsonNode;

import io.freshet.memory.MemoryBudget;
import io.freshet.sink.DeadLetter;
import io.freshet.source.PushBuffer;
import io.freshet.store.History;
import io.freshet.store.StageStates;
import io.freshet.store.StreamStore;
import io.freshet.store.StreamStore.Claimed;
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

    private static final Logger LOG = Logger.getLogger(Streams.class);
    /** How long sinks may take to drain when streams are stopped; less than the grace period of the process. */
    private static final Duration DRAIN = Duration.ofSeconds(10);
    /** Leaves 40 random bits, which are at most eight characters. */
    private static final int RUN_SHIFT = 24;

    private final StreamParts parts;
    private final StreamStore store;
    private final StageStates states;
    private final History history;
    private final StreamMeters meters;
    private final StreamStarter starter;
    private final StreamTime time = StreamTime.SYSTEM;
    private final StreamRegistry registry = new StreamRegistry();
    private final NamedLocks locks = new NamedLocks();
    private final PositionSaver positions;
    private final CountDownLatch drained = new CountDownLatch(1);
    private volatile Consumer<FailedStream> takenOver = registry::fail;

    public Streams(StreamParts parts, StreamStore store, StageStates states, History history, StreamMeters meters,
            StreamHooks hooks, MemoryBudget memory) {
        this.parts = parts;
        this.store = store;
        this.positions = new PositionSaver(store);
        this.states = states;
        this.history = history;
        this.meters = meters;
        meters.watchAll(registry, positions);
        this.starter = new StreamStarter(parts, states, history, meters, hooks, time, memory);
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
        return create(definition, newRun());
    }

    /**
     * Starts a stream as {@link #create(StreamDefinition)} does.
     *
     * @param run identifies the life of the stream
     */
    public Stream create(StreamDefinition definition, String run) {
        return locks.locked(definition.name(), () -> {
            registry.requireFree(definition.name());
            if (store.find(definition.name()).isPresent()) {
                throw StreamRegistry.taken(definition.name());
            }
            StreamDefinition wanted = definition.startedAt(time.now(), parts::areStoresOpen);
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
            return startNew(definition.startedAt(time.now(), parts::areStoresOpen), newRun(), stream -> {
                // nothing to save
            });
        });
    }

    private Stream startNew(StreamDefinition definition, String run, Consumer<Stream> saver) {
        Stream stream = starter.stream(definition, ResumePoint.of(run), null);
        try {
            saver.accept(stream);
            run(stream);
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

    private void run(Stream stream) {
        registry.add(stream);
        meters.watch(stream);
        stream.start();
        LOG.infof("Stream started: stream=%s state=%s position=%d", stream.name(), stream.state().id(), stream.position());
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
        StreamDefinition wanted = definition.startedAt(time.now(), parts::areStoresOpen);
        parts.check(wanted, time);
        return beginning(wanted, newRun());
    }

    /** Returns what is saved of a stream that has not started yet. */
    public static SavedStream beginning(StreamDefinition definition, String run) {
        return new SavedStream(definition.json(), 0, StreamState.RUNNING.id(), null, run, null);
    }

    /** Returns a random run id, so that the ids of records differ from those of an earlier stream of the same name. */
    private static String newRun() {
        return Long.toString(UUID.randomUUID().getMostSignificantBits() >>> RUN_SHIFT, Character.MAX_RADIX);
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
            StreamDefinition wanted = definition.startedAt(time.now(), parts::areStoresOpen);
            Stream before = find(wanted.name()).orElse(null);
            if (findFailed(wanted.name()).filter(broken -> !definition.json().equals(broken.definition())).isPresent()) {
                parts.check(wanted, time);
                delete(wanted.name());
            }
            if (before == null) {
                return create(wanted);
            }
            if (StateRestorer.continues(before, wanted)) {
                parts.check(wanted, resuming(before, StreamState.RUNNING), time);
                return exchange(before, wanted, StreamState.RUNNING);
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
            parts.check(wanted, resuming(before, before.lastingState()), time);
            return exchange(before, wanted, before.lastingState());
        });
    }

    private static ResumePoint resuming(Stream before, StreamState state) {
        return new ResumePoint(before.position(), state, true, before.bookmark(before.position()), before.runId(), false,
                null);
    }

    private Stream exchange(Stream before, StreamDefinition wanted, StreamState state) {
        long epoch = positions.epoch(before);
        boolean owned = positions.owns(before);
        before.pushes().ifPresent(PushBuffer::carry);
        drain(before, DRAIN);
        positions.save(before);
        if (!before.definition().json().path("sinks").equals(wanted.json().path("sinks"))) {
            before.sinks().forEach(SinkTask::forget);
        }
        leave(before);
        try {
            Stream stream = starter.stream(wanted, resuming(before, state), before);
            if (owned) {
                positions.own(stream, epoch);
            }
            run(stream);
            positions.save(stream);
            return stream;
        } catch (RuntimeException e) {
            before.pushes().ifPresent(pushes -> pushes.abandon(time.nanos()));
            resume(wanted.name());
            throw e;
        }
    }

    public Optional<Stream> find(String name) {
        return registry.find(name);
    }

    /** Returns the shards of a stream that run in this process. */
    public List<Stream> shards(String name) {
        return list().stream().filter(stream -> stream.definition().shard().filter(shard -> shard.stream().equals(name))
                .isPresent()).toList();
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
                drain(stream, DRAIN);
                stream.sinks().forEach(SinkTask::forget);
                positions.release(stream);
            }
            forget(name);
            if (stream != null) {
                leave(stream);
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

    /** Ends a stream that is to resume elsewhere or later. Records in flight are delivered first. */
    private void drain(Stream stream, Duration patience) {
        stream.release();
        if (!stream.awaitEnd(patience)) {
            LOG.warnf("Stream released while a sink still holds records: stream=%s position=%d", stream.name(),
                    stream.position());
        }
    }

    private void leave(Stream stream) {
        positions.release(stream);
        stream.releaseMemory();
        registry.remove(stream);
        meters.forget(stream);
    }

    /**
     * Transfers streams to another instance: delivers what is in flight, and saves the positions.
     *
     * @param kept whether positions are saved; false if another instance has resumed the streams already
     */
    public void transfer(Collection<String> names, boolean kept) {
        if (registry.isClosed()) {
            awaitDrained();
            return;
        }
        List<Stream> leaving = names.stream().flatMap(name -> find(name).stream()).toList();
        leaving.forEach(Stream::release);
        long end = time.nanos() + DRAIN.toNanos();
        leaving.forEach(stream -> locks.locked(stream.name(), () -> {
            if (find(stream.name()).filter(stream::equals).isPresent()) {
                drain(stream, Duration.ofNanos(Math.max(0, end - time.nanos())));
                if (kept) {
                    positions.save(stream);
                }
                leave(stream);
                states.release(stream.name());
                LOG.infof("Stream transferred: stream=%s position=%d", stream.name(), stream.position());
            }
            return stream;
        }));
    }

    private void awaitDrained() {
        try {
            if (!drained.await(DRAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Streams are transferred before they have drained");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Delivers a dead letter to the sinks of its stream that it was meant for.
     *
     * @return whether it was delivered
     */
    public boolean redeliver(DeadLetter letter) {
        String name = letter.address().stream();
        return find(name).or(() -> shards(name).stream().findFirst()).filter(stream -> Redelivery.of(stream, letter))
                .isPresent();
    }

    /** Saves the positions of all streams. Streams that another instance has taken over end here. */
    public void saveAll() {
        if (!registry.isClosed()) {
            list().stream().filter(stream -> !positions.save(stream)).forEach(this::giveUp);
        }
    }

    /** Sets what happens to streams that another process has taken over, instead of listing them as failed. */
    public void whenTakenOver(Consumer<FailedStream> listener) {
        takenOver = listener;
    }

    private void giveUp(Stream stream) {
        LOG.warnf("Stream released: another instance has taken it over, or it was deleted there: stream=%s position=%d",
                stream.name(), stream.position());
        stream.release();
        leave(stream);
        states.release(stream.name());
        takenOver.accept(new FailedStream(stream.name(), "another instance has taken it over or deleted it",
                stream.definition().json()));
    }

    /** Restores the streams that existed when the process ended. Those that were running resume from their positions. */
    public void restore() {
        store.names().forEach(this::resume);
    }

    /**
     * Claims a saved stream and resumes it from its saved position.
     *
     * @return empty if it is no longer saved, or cannot be restored; in the latter case it is among the {@link #failed}
     * @throws UncheckedIOException if the store does not answer
     */
    public Optional<Stream> resume(String name) {
        return locks.locked(name, () -> {
            Optional<Stream> running = find(name);
            if (running.isPresent() || registry.isClosed()) {
                return running;
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
        Stream stream = starter.stream(definition, ResumePoint.of(claimed.stream()), null);
        positions.own(stream, claimed.epoch());
        try {
            run(stream);
        } catch (RuntimeException e) {
            positions.release(stream);
            stream.discard();
            throw e;
        }
        return stream;
    }

    /** Returns whether this process is about to end, or has ended, and its streams are to resume in this or another one. */
    public boolean isShuttingDown() {
        return registry.isClosed();
    }

    /** Stops emitting records, waits for the sinks to drain, and saves the positions. */
    public void shutDown() {
        shutDown(DRAIN);
    }

    /** @param patience how long it waits for the sinks */
    public void shutDown(Duration patience) {
        if (!registry.close()) {
            return;
        }
        List<Stream> all = list();
        all.forEach(Stream::release);
        long end = time.nanos() + patience.toNanos();
        all.forEach(stream -> {
            stream.awaitEnd(Duration.ofNanos(Math.max(0, end - time.nanos())));
            positions.save(stream);
        });
        drained.countDown();
    }
}
