package io.freshet.stream;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.freshet.codec.BatchMetadata;
import io.freshet.codec.RecordBatch;
import io.freshet.model.ColumnDrift;
import io.freshet.model.ShapeScores;
import io.freshet.sink.OutgoingBatch;
import io.freshet.source.Seek;
import io.freshet.source.Source;
import io.freshet.stage.StageChain;

/**
 * One running stream: source → pace → stages → sinks, on a thread of its own. Each sink has a queue of its own; the position,
 * which counts the records of the source, moves on only when all sinks have settled a slice, in order, so a stream that starts
 * again there loses nothing, and may repeat what was in flight.
 */
public final class Stream {

    private static final Logger LOG = Logger.getLogger(Stream.class);
    /** The most records that travel together. */
    static final int MOST_SLICE = 2_000;
    private static final long LONGEST_WAIT = Duration.ofMillis(50).toNanos();

    /** What a stream is made of. */
    record Parts(Source source, @Nullable Staging stages, List<SinkRun> sinks, StreamMetrics metrics,
            Consumer<OutgoingBatch> history, StreamTime time) {
        Parts {
            sinks = List.copyOf(sinks);
        }

        /** Without stages. */
        Parts(Source source, List<SinkRun> sinks, StreamMetrics metrics, Consumer<OutgoingBatch> history, StreamTime time) {
            this(source, null, sinks, metrics, history, time);
        }
    }

    private final StreamDefinition definition;
    private final Parts parts;
    private final StreamTime time;
    private final Thread thread;
    private final Outlet outlet;
    private final Deque<Slice> flying = new ArrayDeque<>();
    private @Nullable RecordBatch reused;
    private final Pace pace;
    private final SourceWait sourceWait = new SourceWait();
    private final Throughput throughput;
    private final Position position;
    private final long begun;
    private volatile StreamState wanted;
    private volatile boolean ended;
    private volatile boolean awaitsSinks;
    private volatile long endedNanos;
    private volatile @Nullable String error;
    private final int mostSlice;
    private final StageSnapshots snapshots;
    private final ProgressLog progress;

    /**
     * @param start where it starts
     * @param state RUNNING, PAUSED, or for a stream that has ended before, COMPLETED or STOPPED
     */
    Stream(StreamDefinition definition, Parts parts, long start, StreamState state) {
        this.definition = definition;
        this.parts = parts;
        this.time = parts.time();
        this.wanted = state;
        this.ended = state.isFinal();
        this.position = new Position(start);
        this.begun = time.nanos();
        this.endedNanos = begun;
        this.pace = Pace.starting(definition.pace(), begun);
        this.throughput = new Throughput(begun);
        this.mostSlice = parts.sinks().stream().mapToInt(SinkRun::capacity).reduce(MOST_SLICE, Math::min);
        this.progress = new ProgressLog(definition.name(), definition.monitoringInterval(), begun);
        this.thread = new Thread(this::run, "stream-" + definition.name());
        this.thread.setDaemon(true);
        this.snapshots = new StageSnapshots(parts.stages(), parts.source(), time, start);
        this.outlet = new Outlet(definition.name(), parts.sinks(), parts.history(),
                // while it does not wait for its sinks, it takes slices back in its own time
                () -> LockSupport.unpark(awaitsSinks ? thread : null));
    }

    void start() {
        if (!ended) {
            thread.start();
        }
    }

    /** The stream's whole life; on its own thread, or on that of a test. */
    void run() {
        try {
            while (wanted != StreamState.STOPPED && position.generated() < definition.pace().lastPosition() && !isOverTime()
                    && !parts.source().isExhausted()) {
                step();
            }
            if (wanted != StreamState.STOPPED && parts.stages() != null) {
                fly(parts.stages().finish(position.generated(), outlet, metadata()));
            }
            drain();
        } catch (RuntimeException | Error e) {
            error = String.valueOf(e);
            wanted = StreamState.STOPPED;
            LOG.errorf(e, "A stream ended by a defect: stream=%s position=%d", definition.name(), position.acknowledged());
        } finally {
            finish();
        }
    }

    /** Lets go of the records that are due, or waits a little. */
    private void step() {
        settle();
        int next = definition.pace().slice(position.generated(), mostSlice);
        // said before it looks, so that no answer is missed
        awaitsSinks = true;
        boolean open = parts.sinks().stream().allMatch(sink -> sink.isOpenFor(next));
        long now = time.nanos();
        long wait = LONGEST_WAIT;
        if (tick(open ? next : 0)) {
            return;
        }
        if (wanted == StreamState.PAUSED) {
            pace.resume(now);
        } else if (position.goOnAt(parts.source().goesOn(position.generated()))) {
            return;
        } else if (open || parts.stages() != null && parts.stages().runsAhead(next)) {
            awaitsSinks = !open;
            int due = pace.due(now, next);
            int there = due > 0 ? parts.source().available(position.generated(), due, time.now()) : 0;
            if (there > 0) {
                sourceWait.reset();
                send(there);
                pace.release(now, there, position.generated() % definition.pace().batchSize() == 0);
                return;
            }
            wait = Math.min(wait, due > 0 ? sourceWait.next(parts.source().isGathering()) : pace.waitNanos(now, next));
        }
        time.park(wait);
    }

    private void send(int records) {
        RecordBatch batch = parts.source().next(position.generated(), records, reused);
        reused = batch;
        parts.metrics().generated(records);
        Staging stages = parts.stages();
        if (stages == null) {
            fly(List.of(outlet.send(batch, position.generated(), metadata())));
        } else {
            fly(stages.send(batch, position.generated(), outlet, metadata()));
            if (stages.stopReason() != null) {
                error = stages.stopReason();
                wanted = StreamState.STOPPED;
            }
        }
    }

    private void fly(List<Slice> slices) {
        for (Slice slice : slices) {
            flying.add(slice);
            position.generate(slice.size);
        }
    }

    /** Has time go on for the stages, and takes their state when somebody wants it; whether the stages made anything. */
    private boolean tick(int room) {
        if (snapshots.isWanted()) {
            flying.add(snapshots.take(position.generated()));
        }
        int before = flying.size();
        Staging stages = parts.stages();
        if (stages != null && wanted == StreamState.RUNNING) {
            stages.setRoom(room);
            fly(stages.tick(position.generated(), outlet, metadata()));
        }
        return flying.size() > before;
    }

    private @Nullable BatchMetadata metadata() {
        return definition.metadata() ? new BatchMetadata(time.now(), position.generated() / definition.pace().batchSize() + 1)
                : null;
    }

    /** Takes back slices that all sinks have, oldest first, and has failed ones tried again. */
    private void settle() {
        long now = time.nanos();
        long before = position.acknowledged();
        while (!flying.isEmpty() && flying.getFirst().isSettled()) {
            Slice slice = flying.removeFirst();
            position.acknowledge(slice.size);
            snapshots.settled(slice);
            throughput.add(now, slice.size);
            outlet.giveBack(slice);
        }
        snapshots.acknowledge(before, position.acknowledged());
        throughput.tick(now, wanted != StreamState.PAUSED);
        parts.sinks().forEach(SinkRun::retry);
        if (parts.stages() != null) {
            parts.stages().letters().retry(wanted == StreamState.STOPPED);
        }
        progress.tick(now, generated(), this::statistics);
    }

    /** Waits until the sinks have everything; when the stream is stopped, until they have answered for everything. */
    private void drain() {
        awaitsSinks = true;
        settle();
        while (flying.stream().anyMatch(slice -> !slice.isAnswered())) {
            time.park(LONGEST_WAIT);
            settle();
        }
    }

    private void finish() {
        parts.sinks().forEach(SinkRun::stop);
        settle();
        if (flying.isEmpty() && error == null) {
            snapshots.takeLast(position.acknowledged());
        }
        parts.sinks().forEach(SinkRun::close);
        progress.close(parts.source());
        endedNanos = time.nanos();
        ended = true;
        LOG.infof("A stream ended: stream=%s state=%s position=%d", definition.name(), state().id(), position.acknowledged());
    }

    private boolean isOverTime() {
        return definition.pace().duration().map(most -> time.nanos() - begun >= most.toNanos()).orElse(false);
    }

    public String name() {
        return definition.name();
    }

    List<SinkRun> sinks() {
        return parts.sinks();
    }

    /** Its stages; empty if it has none. */
    public Optional<StageChain> stages() {
        return Optional.ofNullable(parts.stages()).map(Staging::chain);
    }

    public StreamDefinition definition() {
        return definition;
    }

    public StreamState state() {
        if (ended) {
            return wanted == StreamState.STOPPED ? StreamState.STOPPED : StreamState.COMPLETED;
        }
        if (wanted == StreamState.RUNNING && parts.sinks().stream().anyMatch(SinkRun::isFailing)) {
            return StreamState.FAILING;
        }
        return wanted;
    }

    /** Whether a defect, or a stage that says so, ended it. */
    boolean hasBroken() {
        return error != null;
    }

    long generated() {
        return position.sinceStart(position.generated());
    }

    /** Where the stream would start again. */
    public long position() {
        return position.acknowledged();
    }

    StageSnapshots snapshots() {
        return snapshots;
    }

    Optional<String> bookmark(long position) {
        return parts.source().bookmark(position);
    }

    /** Has the source go on elsewhere in what it reads. */
    public void seek(Seek to) {
        parts.source().seek(to);
    }

    /** Lets no more records go until {@link #resume}; nothing happens to a stream that has ended. */
    public void pause() {
        change(StreamState.PAUSED);
    }

    public void resume() {
        change(StreamState.RUNNING);
    }

    /** Ends the stream; what is with the sinks is delivered first, except what fails. */
    public void stop() {
        if (change(StreamState.STOPPED)) {
            parts.sinks().forEach(SinkRun::stop);
        }
    }

    private synchronized boolean change(StreamState state) {
        if (ended || wanted == StreamState.STOPPED) {
            return false;
        }
        wanted = state;
        LockSupport.unpark(thread);
        return true;
    }

    /** Waits until the stream has ended and its sinks are closed; whether it has. */
    public boolean awaitEnd(Duration patience) {
        try {
            thread.join(Math.max(1, patience.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    /** How far the last rows have the distributions of their model; empty if they are not compared. */
    Optional<ShapeScores> shapes() {
        return parts.source().shapes();
    }

    /** How far the columns of its model moved when that last learned more; empty if it did not. */
    List<ColumnDrift> drift() {
        return parts.source().drift();
    }

    public StreamStatistics statistics() {
        long now = ended ? endedNanos : time.nanos();
        long settled = position.acknowledged();
        long batchSize = definition.pace().batchSize();
        long batches = (ended ? settled + batchSize - 1 : settled) / batchSize - position.start() / batchSize;
        return new StreamStatistics(state().id(), settled, position.sinceStart(settled), batches, throughput.overall(),
                ended ? 0 : throughput.recent(now), (now - begun) / 1e9, position.generated() - settled,
                stages().map(StageChain::statistics).orElse(List.of()),
                parts.sinks().stream().map(SinkRun::statistics).toList(), parts.source().status(),
                parts.source().shapes().orElse(null), error);
    }
}
