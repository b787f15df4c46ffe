package io.freshet.stream;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.freshet.codec.BatchMetadata;
import io.freshet.codec.EncodedRecords;
import io.freshet.codec.JsonEncoder;
import io.freshet.codec.RecordBatch;
import io.freshet.sink.OutgoingBatch;
import io.freshet.source.Source;

/**
 * One running stream: source → pace → sinks, on a thread of its own. Up to {@link #IN_FLIGHT} slices are with the sinks at a
 * time; the
 * position moves on only when all sinks have answered for a slice, in order, so a stream that starts again there loses nothing.
 */
public final class Stream {

    private static final Logger LOG = Logger.getLogger(Stream.class);
    private static final int IN_FLIGHT = 4;
    static final int MOST_SLICE = 2_000;
    private static final long LONGEST_WAIT = TimeUnit.MILLISECONDS.toNanos(50);

    /** What a stream is made of. */
    record Parts(Source source, List<SinkRun> sinks, StreamMetrics metrics,
            java.util.function.Consumer<OutgoingBatch> history) {
        Parts {
            sinks = List.copyOf(sinks);
        }
    }

    private final StreamDefinition definition;
    private final Parts parts;
    private final Clock clock;
    private final Thread thread;
    private final Deque<Slice> free = new ArrayDeque<>();
    private final Deque<Slice> flying = new ArrayDeque<>();
    private final JsonEncoder encoder = new JsonEncoder();
    private final long start;
    private final long startedNanos = System.nanoTime();
    private volatile StreamState wanted = StreamState.RUNNING;
    private volatile boolean ended;
    private volatile long generated;
    private volatile long acknowledged;
    private volatile long runningNanos;
    private volatile long endedNanos;

    /** Memory for one run of records on its way; used again when all sinks have answered. */
    private static final class Slice {
        private final EncodedRecords json = EncodedRecords.create();
        private @Nullable RecordBatch records;
        private int size;
        private CompletableFuture<Boolean> answered = CompletableFuture.completedFuture(true);
    }

    Stream(StreamDefinition definition, Parts parts, long position, Clock clock) {
        this.definition = definition;
        this.parts = parts;
        this.clock = clock;
        this.start = position;
        this.generated = position;
        this.acknowledged = position;
        this.thread = new Thread(this::run, "stream-" + definition.name());
        this.thread.setDaemon(true);
        for (int i = 0; i < IN_FLIGHT; i++) {
            free.add(new Slice());
        }
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            Pace pace = Pace.starting(definition.pace(), System.nanoTime());
            long end = definition.pace().lastPosition();
            while (generated < end && !isStopped() && !isOverTime()) {
                acknowledge(false);
                if (wanted == StreamState.PAUSED) {
                    await(LONGEST_WAIT);
                    pace.resume(System.nanoTime());
                    continue;
                }
                int next = (int) Math.min(sliceSize(), end - generated);
                long now = System.nanoTime();
                int due = free.isEmpty() ? 0 : pace.due(now, next);
                if (due > 0) {
                    send(due);
                    pace.release(now, due, generated % definition.pace().batchSize() == 0);
                } else if (free.isEmpty()) {
                    awaitFirst();
                } else {
                    await(Math.min(LONGEST_WAIT, pace.waitNanos(now, next)));
                }
                runningNanos = System.nanoTime() - startedNanos;
            }
        } catch (RuntimeException e) {
            wanted = StreamState.STOPPED;
            LOG.errorf(e, "A stream ended by a defect: stream=%s", definition.name());
        } finally {
            finish();
        }
    }

    /** A slice never crosses the end of a batch, so that all its records have the same batch id. */
    private int sliceSize() {
        long batchSize = definition.pace().batchSize();
        return (int) Math.min(MOST_SLICE, batchSize - generated % batchSize);
    }

    private boolean isStopped() {
        return wanted == StreamState.STOPPED;
    }

    private boolean isOverTime() {
        return definition.pace().duration().map(d -> System.nanoTime() - startedNanos >= d.toNanos()).orElse(false);
    }

    private void send(int records) {
        Slice slice = free.remove();
        RecordBatch batch = parts.source().next(generated, records, slice.records);
        BatchMetadata metadata = definition.metadata()
                ? new BatchMetadata(clock.instant(), generated / definition.pace().batchSize() + 1)
                : null;
        encoder.encode(batch, metadata, slice.json);
        slice.records = batch;
        slice.size = records;
        OutgoingBatch outgoing = new OutgoingBatch(definition.name(), generated, batch, slice.json, metadata);
        parts.metrics().generated(records);
        parts.history().accept(outgoing);
        List<CompletableFuture<Boolean>> answers = new ArrayList<>();
        for (SinkRun sink : parts.sinks()) {
            answers.add(sink.deliver(outgoing).toCompletableFuture());
        }
        slice.answered = CompletableFuture.allOf(answers.toArray(new CompletableFuture<?>[0]))
                .thenApply(all -> answers.stream().allMatch(answer -> answer.getNow(false)));
        slice.answered.whenComplete((all, failure) -> LockSupport.unpark(thread));
        flying.add(slice);
        generated += records;
    }

    /** Takes back slices that all sinks have answered for, oldest first. */
    private void acknowledge(boolean all) {
        while (!flying.isEmpty() && (all || flying.getFirst().answered.isDone())) {
            Slice slice = flying.getFirst();
            if (!slice.answered.join()) {
                return;
            }
            flying.removeFirst();
            acknowledged += slice.size;
            free.add(slice);
        }
    }

    private void awaitFirst() {
        if (!flying.getFirst().answered.isDone()) {
            await(LONGEST_WAIT);
        }
    }

    private static void await(long nanos) {
        LockSupport.parkNanos(nanos);
    }

    private void finish() {
        if (isStopped()) {
            parts.sinks().forEach(SinkRun::stop);
        }
        acknowledge(true);
        parts.sinks().forEach(SinkRun::close);
        endedNanos = System.nanoTime();
        ended = true;
        LOG.infof("A stream ended: stream=%s state=%s position=%d", definition.name(), state().id(), acknowledged);
    }

    public String name() {
        return definition.name();
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

    /** Where the stream would start again. */
    public long position() {
        return acknowledged;
    }

    /** Lets no more records go until {@link #resume}; nothing happens to a stream that has ended. */
    public void pause() {
        change(StreamState.PAUSED);
    }

    public void resume() {
        change(StreamState.RUNNING);
    }

    /** Ends the stream; what is with the sinks is delivered first. */
    public void stop() {
        change(StreamState.STOPPED);
        parts.sinks().forEach(SinkRun::stop);
    }

    private synchronized void change(StreamState state) {
        if (!ended && wanted != StreamState.STOPPED) {
            wanted = state;
            LockSupport.unpark(thread);
        }
    }

    /** Waits until the stream has ended and its sinks are closed. */
    boolean awaitEnd(long millis) {
        try {
            thread.join(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    public StreamStatistics statistics() {
        long samples = acknowledged - start;
        double elapsed = ((ended ? endedNanos : System.nanoTime()) - startedNanos) / 1e9;
        double running = Math.max(1e-9, runningNanos / 1e9);
        return new StreamStatistics(state().id(), acknowledged, samples, samples / definition.pace().batchSize(),
                samples / running, elapsed, generated - acknowledged,
                parts.sinks().stream().map(SinkRun::statistics).toList());
    }
}
