package io.freshet.stream.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

import org.jspecify.annotations.Nullable;

import io.freshet.source.SourceStatus;
import io.freshet.stage.StageStatistics;
import io.freshet.stream.delivery.StreamStatistics;
import io.freshet.stream.delivery.StreamStatistics.QueueStatistics;
import io.freshet.stream.delivery.StreamStatistics.SinkStatistics;

/**
 * Adds up the statistics of shards. Counts and rates are sums; latencies, utilisations and elapsed times are the greatest;
 * shares are means.
 */
final class ShardStatistics {

    private static final List<String> BREAKERS = List.of("closed", "half_open", "open");

    private ShardStatistics() {
    }

    /**
     * @param position the number of completed records of the whole stream
     * @param all of some shards; may be empty
     */
    static StreamStatistics sum(String state, long position, List<StreamStatistics> all) {
        List<Double> targets = values(all, StreamStatistics::targetSamplesPerSecond);
        return new StreamStatistics(state, position, sum(all, StreamStatistics::totalSamples),
                sum(all, StreamStatistics::totalBatches), total(all, StreamStatistics::samplesPerSecond),
                total(all, StreamStatistics::currentSamplesPerSecond), max(all, StreamStatistics::elapsedSeconds),
                sum(all, StreamStatistics::inFlight), stages(all), sinks(all), source(all), null,
                first(all, StreamStatistics::error),
                all.stream().flatMap(each -> each.lastBatches().stream())
                        .sorted(Comparator.comparingLong(StreamStatistics.BatchResult::batch)).toList(),
                targets.isEmpty() ? null : (Double) targets.stream().mapToDouble(Double::doubleValue).sum());
    }

    private static SourceStatus source(List<StreamStatistics> all) {
        List<SourceStatus> sources = all.stream().map(StreamStatistics::source).toList();
        return sources.stream().filter(source -> source.lastError() != null || source.warning() != null).findFirst()
                .orElse(sources.isEmpty() ? SourceStatus.FINE : sources.get(0));
    }

    private static List<StageStatistics> stages(List<StreamStatistics> all) {
        Map<String, List<StageStatistics>> byName = new LinkedHashMap<>();
        all.forEach(each -> each.stages()
                .forEach(stage -> byName.computeIfAbsent(stage.name(), name -> new ArrayList<>()).add(stage)));
        return byName.values().stream().map(ShardStatistics::stage).toList();
    }

    private static StageStatistics stage(List<StageStatistics> same) {
        Map<String, Long> counts = new LinkedHashMap<>();
        same.forEach(each -> each.counts().forEach((name, count) -> counts.merge(name, count, Long::sum)));
        long in = sum(same, StageStatistics::in);
        long failed = sum(same, StageStatistics::failed);
        return new StageStatistics(same.get(0).name(), same.get(0).kind(), in, sum(same, StageStatistics::out),
                sum(same, StageStatistics::dropped), failed, sum(same, StageStatistics::deadLettered),
                in == 0 ? 0 : (double) failed / in, total(same, StageStatistics::recordsPerSecond),
                max(same, StageStatistics::p50Millis), max(same, StageStatistics::p99Millis), counts,
                first(same, StageStatistics::lastError));
    }

    private static List<SinkStatistics> sinks(List<StreamStatistics> all) {
        Map<String, List<SinkStatistics>> byName = new LinkedHashMap<>();
        all.forEach(each -> each.sinks()
                .forEach(sink -> byName.computeIfAbsent(sink.name(), name -> new ArrayList<>()).add(sink)));
        return byName.values().stream().map(ShardStatistics::sink).toList();
    }

    private static SinkStatistics sink(List<SinkStatistics> same) {
        SinkStatistics any = same.get(0);
        SinkStatistics failing = same.stream().filter(each -> each.lastErrorAt() != null)
                .max(Comparator.comparing(SinkStatistics::lastErrorAt)).orElse(any);
        List<QueueStatistics> queues = same.stream().map(SinkStatistics::queue).toList();
        return new SinkStatistics(any.name(), any.kind(), any.target(), same.stream().anyMatch(SinkStatistics::failing),
                same.stream().map(SinkStatistics::breaker).max(Comparator.comparingInt(BREAKERS::indexOf)).orElseThrow(),
                sum(same, SinkStatistics::delivered), sum(same, SinkStatistics::deadLettered),
                sum(same, SinkStatistics::dropped), sum(same, SinkStatistics::failed), sum(same, SinkStatistics::inFlight),
                new QueueStatistics(any.queue().strategy(), (int) sum(queues, QueueStatistics::records),
                        max(queues, QueueStatistics::utilisation), sum(queues, QueueStatistics::bytes)),
                sum(same, SinkStatistics::retriedBatches), sum(same, SinkStatistics::deliveryFailures),
                total(same, SinkStatistics::errorRate) / same.size(), max(same, SinkStatistics::latencySeconds),
                failing.lastError(), failing.lastErrorAt());
    }

    private static <T> long sum(List<T> all, ToLongFunction<T> figure) {
        return all.stream().mapToLong(figure).sum();
    }

    private static <T> double total(List<T> all, ToDoubleFunction<T> figure) {
        return all.stream().mapToDouble(figure).sum();
    }

    private static <T> double max(List<T> all, ToDoubleFunction<T> figure) {
        return all.stream().mapToDouble(figure).max().orElse(0);
    }

    private static <T, V> List<V> values(List<T> all, Function<T, @Nullable V> figure) {
        return all.stream().map(figure).filter(Objects::nonNull).toList();
    }

    private static <T, V> @Nullable V first(List<T> all, Function<T, @Nullable V> figure) {
        return values(all, figure).stream().findFirst().orElse(null);
    }
}
