package io.freshet.stream;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.freshet.codec.BatchMetadata;
import io.freshet.codec.EncodedRecords;
import io.freshet.codec.JsonEncoder;
import io.freshet.codec.RecordBatch;
import io.freshet.codec.RecordEncoder;
import io.freshet.model.ShapeScores;
import io.freshet.sink.Envelopes;
import io.freshet.sink.OutgoingBatch;
import io.freshet.sink.Sink;
import io.freshet.source.Seek;
import io.freshet.source.Source;
import io.freshet.table.Schema;

/**
 * One running stream: source → pace → sinks, on a thread of its own. Each sink has a queue of its own; the position moves on
 * only when all sinks have settled a slice, in order, so a stream that starts again there loses nothing, and may repeat what
 * was in flight.
 */
public final class Stream {

    private static final Logger LOG = Logger.getLogger(Stream.class);
    /** How many slices keep their memory when nobody needs them. */
    private static final int MOST_FREE = 8;
    /** The most records that travel together. */
    static final int MOST_SLICE = 2_000;
    private static final long LONGEST_WAIT = Duration.ofMillis(50).toNanos();
    /** How soon a source is asked again that had nothing. */
    private static final long SOURCE_WAIT = Duration.ofMillis(10).toNanos();

    /** What a stream is made of. */
    record Parts(Source source, List<SinkRun> sinks, StreamMetrics metrics, Consumer<OutgoingBatch> history, StreamTime time) {
        Parts {
            sinks = List.copyOf(sinks);
        }
    }

    private final StreamDefinition definition;
    private final Parts parts;
    private final StreamTime time;
    private final Thread thread;
    private final Deque<Slice> free = new ArrayDeque<>();
    private final Deque<Slice> flying = new ArrayDeque<>();
    private @Nullable RecordBatch reused;
    private final JsonEncoder encoder = new JsonEncoder();
    private final Pace pace;
    private final Throughput throughput;
    private final long start;
    private final long begun;
    private volatile StreamState wanted;
    private volatile boolean ended;
    private volatile long generated;
    private volatile long acknowledged;
    private volatile long endedNanos;
    private volatile @Nullable String error;
    private final int mostSlice;
    private long progressAt;

    /**
     * @param position where it starts
     * @param state RUNNING, PAUSED, or for a stream that has ended before, COMPLETED or STOPPED
     */
    Stream(StreamDefinition definition, Parts parts, long position, StreamState state) {
        this.definition = definition;
        this.parts = parts;
        this.time = parts.time();
        this.wanted = state;
        this.ended = state.isFinal();
        this.start = position;
        this.generated = position;
        this.acknowledged = position;
        this.begun = time.nanos();
        this.endedNanos = begun;
        this.pace = Pace.starting(definition.pace(), begun);
        this.throughput = new Throughput(begun);
        this.mostSlice = parts.sinks().stream().mapToInt(SinkRun::capacity).reduce(MOST_SLICE, Math::min);
        this.progressAt = begun + definition.monitoringInterval().toNanos();
        this.thread = new Thread(this::run, "stream-" + definition.name());
        this.thread.setDaemon(true);
    }

    void start() {
        if (!ended) {
            thread.start();
        }
    }

    /** The stream's whole life; on its own thread, or on that of a test. */
    void run() {
        try {
            while (wanted != StreamState.STOPPED && generated < definition.pace().lastPosition() && !isOverTime()
                    && !parts.source().isExhausted()) {
                step();
            }
            drain();
        } catch (RuntimeException | Error e) {
            error = String.valueOf(e);
            wanted = StreamState.STOPPED;
            LOG.errorf(e, "A stream ended by a defect: stream=%s position=%d", definition.name(), acknowledged);
        } finally {
            finish();
        }
    }

    /** Lets go of the records that are due, or waits a little. */
    private void step() {
        settle();
        long now = time.nanos();
        long wait = LONGEST_WAIT;
        if (wanted == StreamState.PAUSED) {
            pace.resume(now);
        } else {
            int next = sliceSize();
            if (parts.sinks().stream().allMatch(sink -> sink.isOpenFor(next))) {
                int due = pace.due(now, next);
                int there = due > 0 ? parts.source().available(generated, due, time.now()) : 0;
                if (there > 0) {
                    send(there);
                    pace.release(now, there, generated % definition.pace().batchSize() == 0);
                    return;
                }
                wait = Math.min(wait, due > 0 ? SOURCE_WAIT : pace.waitNanos(now, next));
            }
        }
        time.park(wait);
    }

    /** A slice never crosses the end of a batch, so that all its records have the same batch id. */
    private int sliceSize() {
        long batchSize = definition.pace().batchSize();
        long toEnd = definition.pace().lastPosition() - generated;
        return (int) Math.min(mostSlice, Math.min(toEnd, batchSize - generated % batchSize));
    }

    private void send(int records) {
        Slice slice = free.isEmpty() ? new Slice() : free.remove();
        RecordBatch batch = parts.source().next(generated, records, reused);
        reused = batch;
        BatchMetadata metadata = definition.metadata()
                ? new BatchMetadata(time.now(), generated / definition.pace().batchSize() + 1)
                : null;
        encoder.encode(batch, metadata, slice.json);
        slice.size = records;
        Schema schema = batch instanceof RecordBatch.Rows rows ? rows.rows().schema() : null;
        OutgoingBatch json = new OutgoingBatch(definition.name(), generated, slice.json, Envelopes.of(batch, null), schema,
                metadata);
        parts.metrics().generated(records);
        parts.history().accept(json);
        flying.add(slice);
        generated += records;
        List<OutgoingBatch> outgoing = new ArrayList<>();
        parts.sinks().forEach(sink -> outgoing.add(asWanted(sink.sink(), batch, json, slice, outgoing.size())));
        for (int i = 0; i < outgoing.size(); i++) {
            Load load = parts.sinks().get(i).accept(outgoing.get(i));
            slice.loads.add(load);
            load.settled().whenComplete((all, failure) -> LockSupport.unpark(thread));
        }
    }

    /** The records in the form that a sink wants. */
    private OutgoingBatch asWanted(Sink sink, RecordBatch batch, OutgoingBatch json, Slice slice, int index) {
        RecordEncoder own = sink.encoder();
        if (own == null && sink.keys() == null) {
            return json;
        }
        Envelopes envelopes = sink.keys() == null ? json.envelopes() : Envelopes.of(batch, sink.keys());
        EncodedRecords records = slice.json;
        if (own != null) {
            records = slice.own(index);
            own.encode(batch, json.metadata(), records);
        }
        return new OutgoingBatch(json.stream(), json.position(), records, envelopes, json.schema(), json.metadata());
    }

    /** Takes back slices that all sinks have, oldest first, and has failed ones tried again. */
    private void settle() {
        long now = time.nanos();
        long before = acknowledged;
        while (!flying.isEmpty() && flying.getFirst().isSettled()) {
            Slice slice = flying.removeFirst();
            acknowledged += slice.size;
            throughput.add(now, slice.size);
            if (free.size() < MOST_FREE && slice.isFree()) {
                slice.loads.clear();
                free.add(slice);
            }
        }
        if (acknowledged > before) {
            parts.source().acknowledged(acknowledged);
        }
        throughput.tick(now, wanted != StreamState.PAUSED);
        parts.sinks().forEach(SinkRun::retry);
        if (now - progressAt >= 0) {
            progressAt = now + definition.monitoringInterval().toNanos();
            logProgress();
        }
    }

    private void logProgress() {
        LOG.infof("A stream's progress: stream=%s %s", definition.name(), statistics().progress(generated - start));
    }

    /** Waits until the sinks have everything; when the stream is stopped, until they have answered for everything. */
    private void drain() {
        settle();
        while (flying.stream().anyMatch(slice -> !slice.isAnswered())) {
            time.park(LONGEST_WAIT);
            settle();
        }
    }

    private void finish() {
        parts.sinks().forEach(SinkRun::stop);
        settle();
        parts.sinks().forEach(SinkRun::close);
        closeSource();
        endedNanos = time.nanos();
        ended = true;
        LOG.infof("A stream ended: stream=%s state=%s position=%d", definition.name(), state().id(), acknowledged);
    }

    private void closeSource() {
        try {
            parts.source().close();
        } catch (RuntimeException e) {
            LOG.warnf("A source was not closed well: stream=%s reason=%s", definition.name(), e.getMessage());
        }
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

    /** How many records were given to the sinks since the stream was started. */
    long generated() {
        return generated - start;
    }

    /** Where the stream would start again. */
    public long position() {
        return acknowledged;
    }

    /** What lets another stream's source find a position fast. */
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

    public StreamStatistics statistics() {
        long now = ended ? endedNanos : time.nanos();
        long position = acknowledged;
        long batchSize = definition.pace().batchSize();
        long batches = (ended ? position + batchSize - 1 : position) / batchSize - start / batchSize;
        return new StreamStatistics(state().id(), position, position - start, batches, throughput.overall(),
                ended ? 0 : throughput.recent(now), (now - begun) / 1e9, generated - position,
                parts.sinks().stream().map(SinkRun::statistics).toList(), parts.source().status(),
                parts.source().shapes().orElse(null), error);
    }
}
