package io.freshet.stream.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.freshet.codec.BatchMetadata;
import io.freshet.codec.RecordBatch;
import io.freshet.event.ReadProgress;
import io.freshet.model.ColumnDrift;
import io.freshet.model.report.ShapeScores;
import io.freshet.sink.EncodedBatch;
import io.freshet.source.PushBuffer;
import io.freshet.source.Seek;
import io.freshet.source.Source;
import io.freshet.stage.StagePipeline;
import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.delivery.SinkTask;
import io.freshet.stream.delivery.StreamMetrics;
import io.freshet.stream.delivery.StreamStatistics;
import io.freshet.stream.delivery.StreamTime;

/**
 * One running stream: source → pace → stages → sinks, on its own thread. Each sink has its own queue. The position counts the
 * records of the source. It only advances when all sinks have completed a batch, in order, so a stream that resumes from it
 * loses nothing, and may repeat what was in flight.
 */
public final class Stream {

    private static final Logger LOG = Logger.getLogger(Stream.class);
    /** The maximum number of records that travel together. */
    public static final int MAX_BATCH_RECORDS = 2_000;
    private static final long MAX_WAIT = Duration.ofMillis(50).toNanos();
    private static final long PAUSED_WAIT = Duration.ofSeconds(1).toNanos();

    /**
     * The components of a stream.
     *
     * @param maxBatchBytes the maximum size of the records that travel together, unless a single record is larger
     */
    public record Parts(Source source, @Nullable StageExecutor stages, List<SinkTask> sinks, StreamMetrics metrics,
            Consumer<EncodedBatch> history, StreamTime time, long maxBatchBytes) {
        public Parts {
            sinks = List.copyOf(sinks);
        }

        /** Creates components without a byte limit. */
        public Parts(Source source, @Nullable StageExecutor stages, List<SinkTask> sinks, StreamMetrics metrics,
                Consumer<EncodedBatch> history, StreamTime time) {
            this(source, stages, sinks, metrics, history, time, Long.MAX_VALUE);
        }

        /** Creates components without stages. */
        public Parts(Source source, List<SinkTask> sinks, StreamMetrics metrics, Consumer<EncodedBatch> history,
                StreamTime time) {
            this(source, null, sinks, metrics, history, time);
        }
    }

    private final StreamDefinition definition;
    private final Parts parts;
    private final StreamTime time;
    private final StreamControl control;
    private final String run;
    private final SinkDispatcher sinkDispatcher;
    private final Deque<InFlightBatch> inFlight = new ArrayDeque<>();
    private @Nullable RecordBatch reused;
    private final Pace pace;
    private final SourceWait sourceWait = new SourceWait();
    private final Silence silence;
    private final Throughput throughput;
    private final Position position;
    private final long startedAt;
    private volatile @Nullable Instant unsavedSince;
    /** Whether the stream was paused when its thread last checked. */
    private boolean pauses;
    private volatile boolean awaitsSinks;
    private volatile long endedNanos;
    private volatile OptionalDouble target = OptionalDouble.empty();
    private final int maxBatchRecords;
    private long pausedAt;
    private long pausedNanos;
    private final BatchSizeLimit batchSizeLimit;
    private final StateCheckpointer snapshots;
    private final ProgressLog progress;
    private final DeadLetterWatch deadLetters;
    private final BatchLog batches;

    /**
     * @param start the position at which it starts
     * @param state RUNNING, PAUSED, or for a stream that has ended before, COMPLETED, STOPPED or FAILED
     */
    public Stream(StreamDefinition definition, Parts parts, long start, StreamState state) {
        this(definition, parts, new ResumePoint(start, state, false, Optional.empty()));
    }

    public Stream(StreamDefinition definition, Parts parts, ResumePoint from) {
        long start = from.position();
        this.run = from.run();
        this.definition = definition;
        this.parts = parts;
        this.time = parts.time();
        this.control = new StreamControl(definition.name(), from.state(), from.error(), () -> run(true));
        this.position = new Position(start, OwnPositions.of(definition));
        this.batches = new BatchLog(definition);
        this.startedAt = time.nanos();
        this.endedNanos = startedAt;
        this.silence = new Silence(startedAt);
        this.pace = Pace.starting(definition.pace(), startedAt, time.now(), position.madeBefore());
        this.throughput = new Throughput(startedAt);
        this.maxBatchRecords = parts.sinks().stream().mapToInt(SinkTask::capacity).reduce(MAX_BATCH_RECORDS, Math::min);
        this.batchSizeLimit = new BatchSizeLimit(parts.maxBatchBytes());
        this.progress = new ProgressLog(definition.name(), definition.monitoringInterval(), startedAt);
        this.deadLetters = new DeadLetterWatch(definition.name(), startedAt);
        this.snapshots = new StateCheckpointer(parts.stages(), parts.source(), time, position.acknowledged());
        this.sinkDispatcher = new SinkDispatcher(definition.recordName(), parts.sinks(), parts.history(),
                // unless it waits for its sinks, the thread collects completed batches in its own time
                () -> {
                    if (awaitsSinks) {
                        control.unpark();
                    }
                });
    }

    public void start() {
        if (control.hasEnded()) {
            // clients that follow a stream that ended before a restart must not wait
            discard();
        } else {
            control.start();
        }
    }

    /** Closes a stream that was never started. */
    public void discard() {
        parts.sinks().forEach(SinkTask::close);
        progress.close(parts.source());
    }

    /** Runs the stream to completion on the calling thread. */
    public void run() {
        run(false);
    }

    /** @param mayLeave whether the calling thread may end while the stream is paused; another thread then continues */
    private void run(boolean mayLeave) {
        try {
            if (!emit(mayLeave)) {
                return;
            }
            sendRest();
            if (!control.isEnding() && parts.stages() != null) {
                track(parts.stages().finish(position.generated(), sinkDispatcher, metadata()));
            }
            drain();
            String failure = parts.source().failure();
            if (!control.isEnding() && failure != null) {
                control.fail(failure, StreamState.FAILED);
            }
        } catch (RuntimeException | Error e) {
            control.fail(String.valueOf(e));
            LOG.errorf(e, "Stream ended by an internal error: stream=%s position=%d", definition.name(),
                    position.acknowledged());
        }
        try {
            finish();
        } finally {
            control.finished();
        }
    }

    /** Emits records until there are no more. @return false if the thread is to end because the stream is paused */
    private boolean emit(boolean mayLeave) {
        // a pause without a thread does not count as running time
        throughput.tick(time.nanos(), false);
        while (!control.isEnding() && position.generated() < definition.pace().lastPosition() && !isOverTime()
                && !pace.isOver(time) && !parts.source().isExhausted()) {
            if (mayLeave && suspend()) {
                return false;
            }
            step();
        }
        return true;
    }

    /**
     * Returns whether the thread may end. A paused stream needs none, unless its stages keep state, which is saved now and
     * then, or its time is limited.
     */
    private boolean suspend() {
        if (!isIdle() || snapshots.isNeeded() || definition.pace().duration().isPresent()) {
            return false;
        }
        acknowledgeCompleted();
        notePause(time.nanos());
        return control.suspend();
    }

    private void notePause(long now) {
        if (!pauses) {
            pauses = true;
            pausedAt = now;
        }
        pace.pause(now);
    }

    private boolean isIdle() {
        return control.isPaused() && inFlight.isEmpty() && parts.sinks().stream().noneMatch(SinkTask::isFailing);
    }

    /** Emits the records that are due, or parks briefly. */
    private void step() {
        acknowledgeCompleted();
        int next = definition.pace().slice(position.generated(), Math.min(maxBatchRecords, batchSizeLimit.records()));
        // set before the check, so that no completion is missed
        awaitsSinks = true;
        boolean open = parts.sinks().stream().allMatch(sink -> sink.isOpenFor(next));
        long now = time.nanos();
        if (pauses && !control.isPaused()) {
            pauses = false;
            pace.pause(now);
            pausedNanos += now - pausedAt;
        }
        long wait = MAX_WAIT;
        if (tick(open ? next : 0)) {
            return;
        }
        if (control.isPaused()) {
            silence.notAsked(now);
            notePause(now);
            wait = isIdle() ? PAUSED_WAIT : wait;
        } else if (position.resumeAt(parts.source().resumePosition(position.generated()))) {
            return;
        } else if (open || parts.stages() != null && parts.stages().runsAhead(next)) {
            awaitsSinks = !open;
            int due = pace.due(now, next);
            int there = due > 0 ? parts.source().available(position.generated(), due, time.now()) : 0;
            if (there > 0) {
                sourceWait.reset();
                silence.hadRecords(now);
                send(there);
                pace.release(now, there, position.generated() % definition.pace().batchSize() == 0);
                return;
            }
            silence.hadNothing(now);
            wait = Math.min(wait, due > 0 ? sourceWait.next(parts.source().isGathering()) : pace.waitNanos(now, next));
        } else {
            silence.notAsked(now);
        }
        time.park(wait);
        if (pauses) {
            throughput.tick(time.nanos(), false);
        }
    }

    private ReadProgress progress() {
        return parts.source().progress().orElseGet(() -> new ReadProgress(Set.of(), silence.millis()));
    }

    private void send(int records) {
        StageExecutor stages = parts.stages();
        if (stages != null) {
            // before these records are polled, because a partition whose last record is among them still counts
            stages.setProgress(progress());
        }
        RecordBatch batch = parts.source().next(position.generated(), records, reused);
        reused = batch;
        parts.metrics().generated(records);
        if (stages == null) {
            InFlightBatch inFlightBatch = sinkDispatcher.send(batch, position.generated(), metadata());
            batchSizeLimit.note(inFlightBatch.bytes(), records);
            track(List.of(inFlightBatch));
        } else {
            List<InFlightBatch> inFlightBatches = stages.send(batch, position.generated(), sinkDispatcher, metadata());
            batchSizeLimit.note(inFlightBatches.stream().mapToLong(InFlightBatch::bytes).sum(), records);
            track(inFlightBatches);
            if (stages.stopReason() != null) {
                control.fail(stages.stopReason());
            }
        }
    }

    private void track(List<InFlightBatch> inFlightBatches) {
        for (InFlightBatch inFlightBatch : inFlightBatches) {
            inFlightBatch.sentNanos = time.nanos();
            inFlight.add(inFlightBatch);
            position.generate(inFlightBatch.size);
        }
    }

    /**
     * Advances stage time and takes a requested snapshot.
     *
     * @return whether the stages emitted anything
     */
    private boolean tick(int room) {
        if (snapshots.isRequested()) {
            inFlight.add(snapshots.take(position.generated()));
        }
        int before = inFlight.size();
        StageExecutor stages = parts.stages();
        if (stages != null && control.isRunning()) {
            stages.setRoom(room);
            stages.setProgress(progress());
            track(stages.tick(position.generated(), sinkDispatcher, metadata()));
        }
        return inFlight.size() > before;
    }

    private @Nullable BatchMetadata metadata() {
        return definition.metadata() ? new BatchMetadata(time.now(), position.generated() / definition.pace().batchSize() + 1)
                : null;
    }

    /** Collects completed batches in order, and triggers the retry of failed ones. */
    private void acknowledgeCompleted() {
        long now = time.nanos();
        long before = position.acknowledged();
        while (!inFlight.isEmpty() && inFlight.getFirst().isCompleted()) {
            InFlightBatch inFlightBatch = inFlight.removeFirst();
            batches.add(position.acknowledged(), inFlightBatch, now);
            position.acknowledge(inFlightBatch.size);
            snapshots.settled(inFlightBatch);
            throughput.add(now, inFlightBatch.size);
            sinkDispatcher.recycle(inFlightBatch);
        }
        if (position.acknowledged() > before) {
            parts.source().settled(position.acknowledged());
        }
        snapshots.acknowledge(before, position.acknowledged());
        throughput.tick(now, !control.isPaused());
        target = pace.target(now);
        parts.sinks().forEach(SinkTask::retry);
        if (parts.stages() != null) {
            parts.stages().rejectedRecords().retry(control.isEnding());
        }
        deadLetters.tick(now, this::handled);
        progress.tick(now, generated(), this::statistics);
    }

    /**
     * Waits until the sinks have completed everything; if the stream is stopped, until each record is completed or abandoned.
     */
    private void drain() {
        awaitsSinks = true;
        acknowledgeCompleted();
        while (inFlight.stream().anyMatch(inFlightBatch -> !inFlightBatch.isProcessed())) {
            time.park(MAX_WAIT);
            acknowledgeCompleted();
        }
    }

    private void finish() {
        parts.sinks().forEach(SinkTask::stop);
        acknowledgeCompleted();
        if (inFlight.isEmpty() && control.error() == null) {
            snapshots.takeLast(position.acknowledged());
        }
        parts.sinks().forEach(SinkTask::close);
        progress.close(parts.source());
        endedNanos = time.nanos();
        control.end();
        LOG.infof("Stream ended: stream=%s state=%s position=%d", definition.name(), state().id(), position.acknowledged());
    }

    private DeadLetterWatch.Count handled() {
        return DeadLetterWatch.Count.of(position.sinceStart(position.acknowledged()), parts.source().status(),
                stages().map(StagePipeline::statistics).orElse(List.of()),
                parts.sinks().stream().map(SinkTask::statistics).toList());
    }

    /** Returns the share of recent records that became dead letters, 0 to 1. */
    public double deadLetterShare() {
        return deadLetters.share();
    }

    /** Returns the reason for the last dead letter; null if there is none or it is not known. */
    public @Nullable String deadLetterReason() {
        return deadLetters.reason();
    }

    /** Returns whether the duration has elapsed; pauses do not count. */
    private boolean isOverTime() {
        return !control.isPaused() && !pauses
                && definition.pace().duration().map(max -> time.nanos() - startedAt - pausedNanos >= max.toNanos())
                        .orElse(false);
    }

    /** Emits what the pace still owes at the end of the duration, as far as records are available and the sinks accept them. */
    private void sendRest() {
        if (!control.isRunning() || control.isEnding() || !isOverTime()) {
            return;
        }
        long end = startedAt + pausedNanos + definition.pace().duration().orElseThrow().toNanos();
        long due = pace.dueAtEnd(end);
        while (due > 0 && position.generated() < definition.pace().lastPosition()) {
            int next = (int) Math.min(due, definition.pace().slice(position.generated(), maxBatchRecords));
            int there = parts.sinks().stream().allMatch(sink -> sink.isOpenFor(next))
                    ? parts.source().available(position.generated(), next, time.now())
                    : 0;
            if (there == 0) {
                return;
            }
            send(there);
            due -= there;
        }
    }

    public String name() {
        return definition.name();
    }

    /** Returns an id of the stream from its creation to its deletion; empty if an earlier version created it. */
    public String runId() {
        return run;
    }

    public List<SinkTask> sinks() {
        return parts.sinks();
    }

    /** Returns the stages; empty if there are none. */
    public Optional<StagePipeline> stages() {
        return Optional.ofNullable(parts.stages()).map(StageExecutor::pipeline);
    }

    public StreamDefinition definition() {
        return definition;
    }

    public StreamState state() {
        StreamState state = control.state();
        boolean failing = state == StreamState.RUNNING && (parts.sinks().stream().anyMatch(SinkTask::isFailing)
                || parts.source().status().lastError() != null);
        return failing ? StreamState.FAILING : state;
    }

    /**
     * Returns the state to save: running, paused, completed, stopped or failed. Failing sinks and transfers to other instances
     * do not affect it.
     */
    public StreamState lastingState() {
        return control.lastingState();
    }

    /** Returns why an internal error, a stage or the source ended the stream; null if none did. */
    public @Nullable String error() {
        return control.error();
    }

    /** Returns whether an internal error, or a stage that reports one, ended the stream. */
    public boolean hasBroken() {
        return control.error() != null;
    }

    /**
     * Records that the position could not be saved.
     *
     * @return whether it could be saved before
     */
    public boolean notSaved() {
        boolean news = unsavedSince == null;
        if (news) {
            unsavedSince = time.now();
        }
        return news;
    }

    /**
     * Records that the position was saved.
     *
     * @return whether that failed before
     */
    public boolean saved() {
        boolean news = unsavedSince != null;
        unsavedSince = null;
        return news;
    }

    /** Returns since when the position could not be saved; empty if it can. */
    public Optional<Instant> unsavedSince() {
        return Optional.ofNullable(unsavedSince);
    }

    long generated() {
        return position.sinceStart(position.generated());
    }

    /** Returns the position from which the stream would resume. */
    public long position() {
        return position.acknowledged();
    }

    public StateCheckpointer snapshots() {
        return snapshots;
    }

    public Optional<String> bookmark(long position) {
        return parts.source().bookmark(position);
    }

    /** Returns the buffer into which clients push records; empty if the source reads them itself. */
    public Optional<PushBuffer> pushes() {
        return parts.source().pushes();
    }

    /** Releases the memory that the stages have reserved; the stages must not be used afterwards. */
    public void releaseMemory() {
        stages().ifPresent(StagePipeline::release);
    }

    /** Seeks the source. */
    public void seek(Seek to) {
        parts.source().seek(to);
    }

    /**
     * Emits no more records until {@link #resume}.
     *
     * @return false, without effect, if the stream has ended or is ending
     */
    public boolean pause() {
        return control.change(StreamState.PAUSED);
    }

    /** @return false, without effect, if the stream has ended or is ending */
    public boolean resume() {
        return control.change(StreamState.RUNNING);
    }

    /** Ends the stream. Records in flight are delivered first, except those that fail. */
    public void stop() {
        if (control.change(StreamState.STOPPED)) {
            parts.sinks().forEach(SinkTask::stop);
        }
    }

    /**
     * Ends the stream on this instance as {@link #stop} does, but preserves its state so that it can resume elsewhere or later.
     */
    public void release() {
        if (control.release()) {
            parts.sinks().forEach(SinkTask::stop);
        }
    }

    /**
     * Waits until the stream has ended and its sinks are closed.
     *
     * @return false if the time is over first
     */
    public boolean awaitEnd(Duration patience) {
        return control.awaitEnd(patience);
    }

    /** Returns how close the most recent rows are to the distributions of their model; empty if they are not compared. */
    public Optional<ShapeScores> shapes() {
        return parts.source().shapes();
    }

    /** Returns how far the columns of the model moved when it last learned; empty if it did not. */
    public List<ColumnDrift> drift() {
        return parts.source().drift();
    }

    public StreamStatistics statistics() {
        long now = control.hasEnded() ? endedNanos : time.nanos();
        long settled = position.acknowledged();
        return new StreamStatistics(state().id(), settled, position.sinceStart(settled), batches.total(), throughput.overall(),
                control.hasEnded() ? 0 : throughput.recent(now), (now - startedAt) / 1e9, position.inFlight(),
                stages().map(StagePipeline::statistics).orElse(List.of()),
                parts.sinks().stream().map(SinkTask::statistics).toList(), parts.source().status(),
                parts.source().shapes().orElse(null), control.error(), batches.last(),
                control.hasEnded() || target.isEmpty() ? null : (Double) target.getAsDouble());
    }
}
