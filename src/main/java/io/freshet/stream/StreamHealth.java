package io.freshet.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.freshet.stream.StreamStatistics.SinkStatistics;

/**
 * Whether a stream does what it should.
 *
 * @param status healthy, or degraded where there are alerts
 */
public record StreamHealth(String stream, String status, List<Alert> alerts) {

    /** For how long a checkpoint that failed is worth an alert. */
    private static final Duration CHECKPOINT_MEMORY = Duration.ofMinutes(1);

    /**
     * Something that is not as it should be.
     *
     * @param sink or stage or column of the model it is about; empty if it is about the stream
     * @param value what was measured
     * @param threshold what it should not pass
     */
    public record Alert(String name, String sink, double value, double threshold) {
    }

    public StreamHealth {
        alerts = List.copyOf(alerts);
    }

    /**
     * Of a stream as it is now. One that is paused or has ended is healthy, unless a checkpoint failed lately, or a defect or a
     * stage ended it.
     */
    public static StreamHealth of(Stream stream, AlertConfig config) {
        StreamState state = stream.state();
        long since = StreamTime.SYSTEM.now().minus(CHECKPOINT_MEMORY).toEpochMilli();
        List<Alert> alerts = new ArrayList<>();
        stream.stages().ifPresent(stages -> stages.failedSince("checkpoint", since)
                .forEach(failed -> alerts.add(new Alert("QUALITY_CHECKPOINT", failed.stage(), failed.records(), 0))));
        if (stream.hasBroken()) {
            alerts.add(new Alert("STREAM_ENDED", "", 1, 0));
        }
        if (state == StreamState.RUNNING || state == StreamState.FAILING) {
            alerts.addAll(alerts(stream.statistics(), config));
            stream.drift().forEach(column -> above(alerts, "HIGH_DRIFT", column.name(), column.largest(), config.highDrift()));
        }
        return new StreamHealth(stream.name(), alerts.isEmpty() ? "healthy" : "degraded", alerts);
    }

    private static List<Alert> alerts(StreamStatistics statistics, AlertConfig config) {
        List<Alert> alerts = new ArrayList<>();
        boolean begun = statistics.elapsedSeconds() * 1e9 >= config.patience().toNanos();
        if (begun && statistics.currentSamplesPerSecond() < config.lowThroughput()) {
            alerts.add(new Alert("LOW_THROUGHPUT", "", statistics.currentSamplesPerSecond(), config.lowThroughput()));
        }
        for (SinkStatistics sink : statistics.sinks()) {
            above(alerts, "HIGH_QUEUE_UTILIZATION", sink.name(), sink.queue().utilisation(), config.highQueueUtilization());
            above(alerts, "HIGH_ERROR_RATE", sink.name(), sink.errorRate(), config.highErrorRate());
            above(alerts, "HIGH_LATENCY", sink.name(), sink.latencySeconds(), config.highLatency().toNanos() / 1e9);
        }
        return alerts;
    }

    private static void above(List<Alert> alerts, String name, String about, double value, double threshold) {
        if (value > threshold) {
            alerts.add(new Alert(name, about, value, threshold));
        }
    }
}
