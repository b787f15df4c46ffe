package io.freshet.stream.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.freshet.codec.BatchMetadata;
import io.freshet.codec.RecordBatch;
import io.freshet.event.ReadProgress;
import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.delivery.SinkTask;
import io.freshet.stream.delivery.StreamTime;

/**
 * Emits the records of a stream, on the stream's thread: source → pace → stages → sinks. Batches in flight complete in any
 * order, and are acknowledged in the order of the source.
 */
final class EmissionLoop {

    private static final Logger LOG = Logger.getLogger(EmissionLoop.class);
    private static final long MAX_WAIT = Duration.ofMillis(50).toNanos();
    private static final long PAUSED_WAIT = Duration.ofSeconds(1).toNanos();

    private final StreamDefinition definition;
    private final Stream.Parts parts;
    private final StreamTime time;
    private final StreamControl control;
    private final Position position;
    private final StreamMonitor monitor;
    private final StateSnapshots snapshots;
    private final SinkDispatcher sinkDispatcher;
    private final Deque<InFlightBatch> inFlight = new ArrayDeque<>();
    private @Nullable RecordBatch reused;
    private final Pace pace;
    private final SourceWait sourceWait = new SourceWait();
    private final Silence silence;
    private final long startedAt;
    /** Whether the stream was paused when its thread last checked. */
    private boolean pauses;
    private volatile boolean awaitsSinks;
    private final int maxBatchRecords;
    private long pausedAt;
    private long pausedNanos;
    private final BatchSizeLimit batchSizeLimit;

    EmissionLoop(StreamDefinition definition, Stream.Parts parts, StreamControl control, Position position,
            StreamMonitor monitor, StateSnapshots snapshots) {
        this.definition = definition;
        this.parts = parts;
        this.time = parts.time();
        this.control = control;
        this.position = position;
        this.monitor = monitor;
        this.snapshots = snapshots;
        this.startedAt = monitor.startedAt();
        this.silence = new Silence(startedAt);
        this.pace = Pace.starting(definition.pace(), startedAt, time.now(), position.madeBefore());
        this.maxBatchRecords = parts.sinks().stream().mapToInt(SinkTask::capacity).reduce(Stream.MAX_BATCH_RECORDS, Math::min);
        this.batchSizeLimit = new BatchSizeLimit(parts.maxBatchBytes());
        this.sinkDispatcher = new SinkDispatcher(definition.recordName(), parts.sinks(), parts.history(),
                // unless it waits for its sinks, the thread collects completed batches in its own time
                () -> {
                    if (awaitsSinks) {
                        control.unpark();
                    }
                });
    }

    /** @param mayLeave whether the calling thread may end while the stream is paused; another thread then continues */
    void run(boolean mayLeave) {
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
        monitor.ran(time.nanos(), false);
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
            monitor.ran(time.nanos(), false);
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
            monitor.acknowledge(inFlightBatch, now);
            position.acknowledge(inFlightBatch.size);
            snapshots.settled(inFlightBatch);
            sinkDispatcher.recycle(inFlightBatch);
        }
        if (position.acknowledged() > before) {
            parts.source().settled(position.acknowledged());
        }
        snapshots.acknowledge(before, position.acknowledged());
        monitor.ran(now, !control.isPaused());
        parts.sinks().forEach(SinkTask::dispatchDue);
        if (parts.stages() != null) {
            parts.stages().rejectedRecords().retry(control.isEnding());
        }
        monitor.tick(now, pace.target(now));
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
        close();
        monitor.end();
        control.end();
        LOG.infof("Stream ended: stream=%s state=%s position=%d", definition.name(), monitor.state().id(),
                position.acknowledged());
    }

    /** Closes the sinks and the source. */
    void close() {
        parts.sinks().forEach(SinkTask::close);
        try {
            parts.source().close();
        } catch (RuntimeException e) {
            LOG.warnf("Source could not be closed cleanly: stream=%s reason=%s", definition.name(), e.getMessage());
        }
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
}
