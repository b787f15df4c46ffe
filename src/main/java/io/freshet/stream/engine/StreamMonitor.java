package io.freshet.stream.engine;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

import org.jspecify.annotations.Nullable;

import io.freshet.stage.StageStatistics;
import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.delivery.SinkTask;
import io.freshet.stream.delivery.StreamStatistics;

/** What is measured of a running stream, and its progress log. The stream's thread writes; any thread may read. */
final class StreamMonitor {

    private final Stream.Parts parts;
    private final StreamControl control;
    private final Position position;
    private final BatchLog batches;
    private final Throughput throughput;
    private final ProgressLog progress;
    private final DeadLetterWatch deadLetters;
    private final long startedAt;
    private volatile long endedAt;
    private volatile OptionalDouble target = OptionalDouble.empty();

    StreamMonitor(StreamDefinition definition, Stream.Parts parts, StreamControl control, Position position) {
        this.parts = parts;
        this.control = control;
        this.position = position;
        this.startedAt = parts.time().nanos();
        this.endedAt = startedAt;
        this.batches = new BatchLog(definition);
        this.throughput = new Throughput(startedAt);
        this.progress = new ProgressLog(definition.name(), definition.monitoringInterval(), startedAt);
        this.deadLetters = new DeadLetterWatch(definition.name(), startedAt);
    }

    long startedAt() {
        return startedAt;
    }

    /** Notes whether the stream was running since the last call. */
    void ran(long now, boolean running) {
        throughput.tick(now, running);
    }

    /** Counts a batch that all sinks have completed; called before the position advances. */
    void acknowledge(InFlightBatch batch, long now) {
        batches.add(position.acknowledged(), batch, now);
        throughput.add(now, batch.size);
    }

    /**
     * Logs what is due.
     *
     * @param wanted the rate that the pace asks for at present, in records per second
     */
    void tick(long now, OptionalDouble wanted) {
        target = wanted;
        deadLetters.tick(now, this::handled);
        progress.tick(now, generated(), this::statistics);
    }

    void end() {
        endedAt = parts.time().nanos();
    }

    private DeadLetterWatch.Count handled() {
        return DeadLetterWatch.Count.of(position.sinceStart(position.acknowledged()), parts.source().status(),
                stageStatistics(),
                parts.sinks().stream().map(SinkTask::statistics).toList());
    }

    /** Returns the share of recent records that became dead letters, 0 to 1. */
    double deadLetterShare() {
        return deadLetters.share();
    }

    /** Returns the reason for the last dead letter; null if there is none or it is not known. */
    @Nullable
    String deadLetterReason() {
        return deadLetters.reason();
    }

    StreamState state() {
        StreamState state = control.state();
        boolean failing = state == StreamState.RUNNING && (parts.sinks().stream().anyMatch(SinkTask::isFailing)
                || parts.source().status().lastError() != null);
        return failing ? StreamState.FAILING : state;
    }

    /** Returns the number of own records since the start. */
    long generated() {
        return position.sinceStart(position.generated());
    }

    private List<StageStatistics> stageStatistics() {
        return Optional.ofNullable(parts.stages()).map(stages -> stages.pipeline().statistics()).orElse(List.of());
    }

    StreamStatistics statistics() {
        long now = control.hasEnded() ? endedAt : parts.time().nanos();
        long settled = position.acknowledged();
        return new StreamStatistics(state().id(), settled, position.sinceStart(settled), batches.total(), throughput.overall(),
                control.hasEnded() ? 0 : throughput.recent(now), (now - startedAt) / 1e9, position.inFlight(),
                stageStatistics(), parts.sinks().stream().map(SinkTask::statistics).toList(), parts.source().status(),
                parts.source().shapes().orElse(null), control.error(), batches.last(),
                control.hasEnded() || target.isEmpty() ? null : (Double) target.getAsDouble());
    }
}
