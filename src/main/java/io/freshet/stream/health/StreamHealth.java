package io.freshet.stream.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.freshet.model.ColumnDrift;
import io.freshet.stage.TimeWindow;
import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.delivery.StreamStatistics;
import io.freshet.stream.delivery.StreamStatistics.SinkStatistics;
import io.freshet.stream.delivery.StreamTime;
import io.freshet.stream.engine.Stream;
import io.freshet.stream.engine.StreamState;

/**
 * The health of a stream.
 *
 * @param status healthy, or degraded if there are alerts
 */
public record StreamHealth(String stream, String status, List<Alert> alerts) {

    /** How long a failed quality check keeps an alert active. */
    private static final Duration CHECKPOINT_MEMORY = Duration.ofMinutes(1);

    /**
     * A condition that makes a stream unhealthy.
     *
     * @param sink the sink, stage or model column that the alert is about; empty if it is about the whole stream
     * @param value the measured value
     * @param threshold the limit that the value exceeds or falls below
     * @param reason the cause, as far as it is known; null if the figures say everything
     */
    public record Alert(String name, String sink, double value, double threshold, @Nullable String reason) {

        /** Creates an alert without a reason. */
        public Alert(String name, String sink, double value, double threshold) {
            this(name, sink, value, threshold, null);
        }

        /** Returns the same alert about a part of a stream. */
        public Alert of(String part) {
            return new Alert(name, sink.isEmpty() ? part : part + "/" + sink, value, threshold, reason);
        }
    }

    public StreamHealth {
        alerts = List.copyOf(alerts);
    }

    /**
     * Returns the current health of a stream. A stream that is paused or has ended is healthy, unless a quality check failed
     * recently, or an internal error or a stage ended it.
     */
    public static StreamHealth of(Stream stream, AlertConfig config) {
        StreamState state = stream.state();
        long since = StreamTime.SYSTEM.now().minus(CHECKPOINT_MEMORY).toEpochMilli();
        List<Alert> alerts = new ArrayList<>();
        stream.stages().ifPresent(stages -> stages.failedSince("expect", since)
                .forEach(failed -> alerts.add(new Alert("QUALITY_CHECKPOINT", failed.stage(), failed.records(), 0))));
        if (stream.hasBroken() || state == StreamState.FAILED) {
            alerts.add(new Alert("STREAM_ENDED", "", 1, 0, stream.error()));
        }
        stream.unsavedSince().ifPresent(startedAt -> alerts.add(new Alert("POSITION_NOT_SAVED", "",
                Duration.between(startedAt, StreamTime.SYSTEM.now()).toMillis() / 1e3, 0)));
        if (state == StreamState.RUNNING || state == StreamState.FAILING) {
            StreamStatistics statistics = stream.statistics();
            alerts.addAll(failures(statistics));
            alerts.addAll(alerts(stream.definition(), statistics, config));
            long now = StreamTime.SYSTEM.now().toEpochMilli();
            stream.stages().ifPresent(stages -> stages.blocking(now).forEach(stage -> alerts
                    .add(new Alert("STAGE_PASSES_NOTHING", stage.stage(), stage.records(), 0, stage.reason()))));
            stream.stages().ifPresent(stages -> stages.find(TimeWindow.class).forEach(window -> late(alerts, window, config)));
            above(alerts, "HIGH_DEAD_LETTER_RATE", "", stream.deadLetterShare(), config.highDeadLetterRate(),
                    stream.deadLetterReason());
            stream.drift().forEach(column -> drift(alerts, column, config));
        }
        return new StreamHealth(stream.name(), alerts.isEmpty() ? "healthy" : "degraded", alerts);
    }

    private static void drift(List<Alert> alerts, ColumnDrift column, AlertConfig config) {
        above(alerts, "HIGH_DRIFT", column.name(), column.largest(), config.highDrift());
        if (column.brokenRelation() != null) {
            alerts.add(new Alert("RELATION_BROKEN", column.name(), 1, 0, column.brokenRelation()));
        }
    }

    private static void late(List<Alert> alerts, TimeWindow window, AlertConfig config) {
        long now = StreamTime.SYSTEM.now().toEpochMilli();
        above(alerts, "LATE_RECORDS", window.name(), window.lateShare(now), config.lateRecords());
        above(alerts, "RECORDS_AHEAD", window.name(), window.aheadShare(now), config.recordsAhead());
    }

    /** Returns the alerts for what cannot be read from or written to at present. */
    private static List<Alert> failures(StreamStatistics statistics) {
        List<Alert> alerts = new ArrayList<>();
        if (statistics.source().lastError() != null) {
            alerts.add(new Alert("SOURCE_FAILING", "", 1, 0, statistics.source().lastError()));
        }
        statistics.sinks().stream().filter(SinkStatistics::failing)
                .forEach(sink -> alerts.add(new Alert("SINK_FAILING", sink.name(), 1, 0, sink.lastError())));
        return alerts;
    }

    private static List<Alert> alerts(StreamDefinition definition, StreamStatistics statistics, AlertConfig config) {
        List<Alert> alerts = new ArrayList<>();
        MeantThroughput throughput = MeantThroughput.of(definition, statistics, config);
        if (throughput.isLow()) {
            alerts.add(new Alert("LOW_THROUGHPUT", "", throughput.measured(), throughput.threshold()));
        }
        for (SinkStatistics sink : statistics.sinks()) {
            above(alerts, "HIGH_QUEUE_UTILIZATION", sink.name(), sink.queue().utilisation(), config.highQueueUtilization());
            above(alerts, "HIGH_ERROR_RATE", sink.name(), sink.errorRate(), config.highErrorRate(), sink.lastError());
            above(alerts, "HIGH_LATENCY", sink.name(), sink.latencySeconds(), config.highLatency().toNanos() / 1e9);
        }
        return alerts;
    }

    private static void above(List<Alert> alerts, String name, String about, double value, double threshold) {
        above(alerts, name, about, value, threshold, null);
    }

    private static void above(List<Alert> alerts, String name, String about, double value, double threshold,
            @Nullable String reason) {
        if (value > threshold) {
            alerts.add(new Alert(name, about, value, threshold, reason));
        }
    }
}
