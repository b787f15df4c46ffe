package io.freshet.stream.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

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

    /** The maximum number of records that travel together. */
    public static final int MAX_BATCH_RECORDS = 2_000;

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
    private final StreamControl control;
    private final String run;
    private final Position position;
    private final StateSnapshots snapshots;
    private final StreamMonitor monitor;
    private final EmissionLoop loop;
    private volatile @Nullable Instant unsavedSince;

    /**
     * @param start the position at which it starts
     * @param state RUNNING, PAUSED, or for a stream that has ended before, COMPLETED, STOPPED or FAILED
     */
    public Stream(StreamDefinition definition, Parts parts, long start, StreamState state) {
        this(definition, parts, new ResumePoint(start, state, false, Optional.empty()));
    }

    public Stream(StreamDefinition definition, Parts parts, ResumePoint from) {
        this.run = from.run();
        this.definition = definition;
        this.parts = parts;
        this.control = new StreamControl(definition.name(), from.state(), from.error(), () -> loop().run(true));
        this.position = new Position(from.position(), OwnPositions.of(definition));
        this.snapshots = new StateSnapshots(parts.stages(), parts.source(), parts.time(), position.acknowledged());
        this.monitor = new StreamMonitor(definition, parts, control, position);
        this.loop = new EmissionLoop(definition, parts, control, position, monitor, snapshots);
    }

    private EmissionLoop loop() {
        return loop;
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
        loop.close();
    }

    /** Runs the stream to completion on the calling thread. */
    public void run() {
        loop.run(false);
    }

    /** Returns the share of recent records that became dead letters, 0 to 1. */
    public double deadLetterShare() {
        return monitor.deadLetterShare();
    }

    /** Returns the reason for the last dead letter; null if there is none or it is not known. */
    public @Nullable String deadLetterReason() {
        return monitor.deadLetterReason();
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
        return monitor.state();
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
            unsavedSince = parts.time().now();
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
        return monitor.generated();
    }

    /** Returns the position from which the stream would resume. */
    public long position() {
        return position.acknowledged();
    }

    public StateSnapshots snapshots() {
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
        return monitor.statistics();
    }
}
