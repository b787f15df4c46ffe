package io.freshet.stream;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.freshet.codec.BatchMetadata;
import io.freshet.sink.DeadLetter;
import io.freshet.sink.OutgoingBatch;
import io.freshet.source.Source;
import io.freshet.store.History;
import io.freshet.store.StageStates;
import io.freshet.store.StreamStore;
import io.freshet.store.StreamStore.SavedStream;

/** All streams of this process. */
@ApplicationScoped
public class Streams {

    private static final Logger LOG = Logger.getLogger(Streams.class);
    /** How long sinks may take for what is in flight when streams are stopped: less than the grace period of the process. */
    private static final Duration DRAIN = Duration.ofSeconds(10);

    private final StreamParts parts;
    private final StreamStore store;
    private final StageStates states;
    private final StageResumption resumption;
    private final History history;
    private final StreamMeters meters;
    private final StreamHooks hooks;
    private final StreamTime time = StreamTime.SYSTEM;
    private final Map<String, Stream> streams = new ConcurrentSkipListMap<>();
    private final StreamLedger ledger;
    private final CountDownLatch drained = new CountDownLatch(1);
    private volatile boolean closing;

    public Streams(StreamParts parts, StreamStore store, StageStates states, History history, StreamMeters meters,
            StreamHooks hooks) {
        this.parts = parts;
        this.store = store;
        this.ledger = new StreamLedger(store);
        this.states = states;
        this.resumption = new StageResumption(states);
        this.history = history;
        this.meters = meters;
        this.hooks = hooks;
        parts.taps().watch(name -> streams.containsKey(name) || store.find(name).isPresent(),
                name -> find(name).map(stream -> stream.state().isFinal()).orElse(false));
    }

    /**
     * Starts a stream.
     *
     * @throws DefinitionException if it names something there is not, or a stream of this name is there already
     */
    public Stream create(StreamDefinition definition) {
        Stream stream = start(definition.startedAt(time.now(), parts::areStoresOpen), StartingPoint.NEW);
        ledger.save(stream);
        return stream;
    }

    /**
     * Starts a stream that is not kept: whoever wants it again after a restart creates it again.
     *
     * @throws DefinitionException as {@link #create}
     */
    public Stream createFleeting(StreamDefinition definition) {
        Stream stream = start(definition.startedAt(time.now(), parts::areStoresOpen), StartingPoint.NEW);
        ledger.leaveOut(stream.name());
        return stream;
    }

    boolean isFleeting(String name) {
        return ledger.leavesOut(name);
    }

    /**
     * A definition of which another instance is to make a stream.
     *
     * @throws DefinitionException if it names something there is not
     */
    SavedStream beginning(StreamDefinition definition) {
        StreamDefinition wanted = definition.startedAt(time.now(), parts::areStoresOpen);
        parts.check(wanted, time);
        return new SavedStream(wanted.json(), 0, StreamState.RUNNING.id(), null);
    }

    private Stream start(StreamDefinition definition, StartingPoint given) {
        return start(definition, given, null);
    }

    /**
     * @param before the one that it goes on for, which has ended; null if there is none
     */
    private synchronized Stream start(StreamDefinition definition, StartingPoint given, @Nullable Stream before) {
        String name = definition.name();
        if (closing) {
            throw new DefinitionException("name", "cannot start: the service is shutting down");
        }
        if (streams.containsKey(name)) {
            throw new DefinitionException("name", "is taken: there is a stream " + name + " already");
        }
        Staging stages = parts.stages(definition, time);
        StartingPoint from = stages == null || !given.restored() ? given
                : before == null ? resumption.restored(stages, name, given) : resumption.takenOver(stages, before, given);
        if (stages != null) {
            stages.keepIn(state -> states.save(name, state));
        }
        Source source = parts.source(definition, from);
        parts.checkFields(definition, source);
        StreamMetrics metrics = hooks.around(name, meters.of(name));
        Stream stream = new Stream(definition,
                new Stream.Parts(source, stages, parts.sinks(definition, source, from, metrics, time), metrics, this::keep,
                        time),
                from.position(), from.state());
        streams.put(name, stream);
        meters.watch(stream);
        stream.start();
        LOG.infof("A stream is there: stream=%s state=%s position=%d", name, from.state().id(), from.position());
        return stream;
    }

    private void keep(OutgoingBatch batch) {
        BatchMetadata metadata = batch.metadata();
        history.add(batch.stream(), batch.position(), metadata == null ? time.now() : metadata.generatedAt(), batch.records());
        parts.taps().publish(batch.stream(), batch.records());
        hooks.generated(batch);
    }

    /**
     * Gives a stream another definition. It goes on where it was, with what its stages keep, if its source and what is done to
     * its records stay the same, but for stages behind the last one that keeps anything; else it begins anew.
     *
     * @throws DefinitionException if the new one names something there is not; then the old one goes on
     */
    public synchronized Stream replace(StreamDefinition definition) {
        StreamDefinition wanted = definition.startedAt(time.now(), parts::areStoresOpen);
        Stream before = streams.get(wanted.name());
        if (before == null) {
            return create(wanted);
        }
        parts.check(wanted, time);
        boolean goesOn = StageResumption.goesOn(before, wanted);
        endForGood(before);
        StartingPoint from = StartingPoint.NEW;
        if (goesOn) {
            ledger.save(before, StreamState.RUNNING);
            from = new StartingPoint(before.position(), StreamState.RUNNING, true, before.bookmark(before.position()));
        } else {
            forget(wanted.name());
        }
        Stream stream = start(wanted, from, goesOn ? before : null);
        ledger.save(stream);
        return stream;
    }

    public Optional<Stream> find(String name) {
        return Optional.ofNullable(streams.get(name));
    }

    /** All streams, by name. */
    public List<Stream> list() {
        return List.copyOf(streams.values());
    }

    /** Stops a stream and forgets it; false if there is none. */
    public synchronized boolean delete(String name) {
        Stream stream = streams.get(name);
        if (stream == null) {
            return false;
        }
        endForGood(stream);
        forget(name);
        return true;
    }

    /**
     * Lets another instance go on with streams: what is with their sinks is delivered first, and where they are is written
     * down.
     *
     * @param kept whether it is written down; not if another instance has gone on with them already
     */
    void handOver(Collection<String> names, boolean kept) {
        if (closing) {
            awaitDrained();
            return;
        }
        synchronized (this) {
            Map<Stream, StreamState> states = new LinkedHashMap<>();
            names.stream().map(streams::get).filter(Objects::nonNull).forEach(stream -> states.put(stream, stream.state()));
            states.keySet().forEach(Stream::stop);
            long end = time.nanos() + DRAIN.toNanos();
            states.forEach((stream, state) -> {
                end(stream, Duration.ofNanos(Math.max(0, end - time.nanos())));
                if (kept) {
                    ledger.save(stream, state == StreamState.FAILING ? StreamState.RUNNING : state);
                }
                store.letGo(stream.name());
                LOG.infof("A stream is handed over: stream=%s position=%d", stream.name(), stream.position());
            });
        }
    }

    private void awaitDrained() {
        try {
            if (!drained.await(DRAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Streams are handed over while they are still drained");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** It goes on neither here nor elsewhere: its sinks forget what they keep for that. */
    private void endForGood(Stream stream) {
        end(stream, DRAIN);
        stream.sinks().forEach(SinkRun::forget);
    }

    private void end(Stream stream, Duration patience) {
        stream.stop();
        if (!stream.awaitEnd(patience)) {
            LOG.warnf("A stream is let go while a sink still holds records: stream=%s position=%d", stream.name(),
                    stream.position());
        }
        streams.remove(stream.name());
        meters.forget(stream);
    }

    private void forget(String name) {
        history.forget(name);
        ledger.delete(name);
        states.delete(name);
        parts.forget(name);
    }

    /** Hands a dead letter to the sinks of the stream it was meant for; whether it arrived. */
    public boolean redeliver(DeadLetter letter) {
        Stream stream = streams.get(letter.address().stream());
        return stream != null && Redelivery.of(stream, letter);
    }

    /** Writes down where every stream is. */
    public void saveAll() {
        if (!closing) {
            streams.values().forEach(ledger::save);
        }
    }

    /** Brings back the streams there were when the process ended; those that were running go on from their positions. */
    public void restore() {
        store.load().forEach((name, saved) -> {
            if (!streams.containsKey(name)) {
                goOn(name, saved);
            }
        });
    }

    /** Goes on with a stream where it was when it was saved; empty, and a line of the log, if that cannot be. */
    Optional<Stream> goOn(String name, SavedStream saved) {
        try {
            StreamState state = StreamState.find(saved.state()).orElse(StreamState.STOPPED);
            return Optional.of(start(StreamDefinition.parse(saved.definition()),
                    new StartingPoint(saved.position(), state == StreamState.FAILING ? StreamState.RUNNING : state, true,
                            Optional.ofNullable(saved.bookmark()))));
        } catch (DefinitionException e) {
            LOG.errorf("A stream was not restored: stream=%s reason=%s", name, e.getMessage());
            return Optional.empty();
        }
    }

    /** Whether what runs here is about to end, or has, and is to go on when this process or another one begins. */
    public boolean isShuttingDown() {
        return closing;
    }

    /** Lets no new records go, waits for the sinks, writes down the positions and the states before. */
    public void shutDown() {
        shutDown(DRAIN);
    }

    /** @param patience how long it waits for the sinks */
    public void shutDown(Duration patience) {
        synchronized (this) {
            if (closing) {
                // the streams have stopped, but that is not how they are to come back
                return;
            }
            closing = true;
        }
        Map<Stream, StreamState> states = new java.util.HashMap<>();
        streams.values().forEach(stream -> states.put(stream, stream.state()));
        streams.values().forEach(Stream::stop);
        long end = time.nanos() + patience.toNanos();
        states.forEach((stream, state) -> {
            stream.awaitEnd(Duration.ofNanos(Math.max(0, end - time.nanos())));
            ledger.save(stream, state);
        });
        drained.countDown();
    }
}
