package io.freshet.stream;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import jakarta.enterprise.context.ApplicationScoped;

import io.freshet.model.ShapeScores;
import io.freshet.sink.BreakerState;
import io.freshet.source.TopicStatus;
import io.freshet.stage.StageChain;
import io.freshet.stage.StageStatistics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** The meters of all streams, by stream and sink. */
@ApplicationScoped
public class StreamMeters {

    private static final String STREAM = "stream";
    private static final String SINK = "sink";
    private static final String OUTCOME = "outcome";

    private final MeterRegistry registry;

    public StreamMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    StreamMetrics of(String stream) {
        Counter generated = registry.counter("freshet.stream.generated.records", STREAM, stream);
        return new StreamMetrics() {
            private final Map<String, Counter> counters = new ConcurrentHashMap<>();
            private final Map<String, Timer> latency = new ConcurrentHashMap<>();

            @Override
            public void generated(int records) {
                generated.increment(records);
            }

            @Override
            public void delivered(String sink, int records, long nanos) {
                count(sink, "delivered", records);
                latency.computeIfAbsent(sink,
                        kind -> Timer.builder("freshet.stream.delivery").tag(STREAM, stream).tag(SINK, kind)
                                .publishPercentileHistogram().register(registry))
                        .record(nanos, TimeUnit.NANOSECONDS);
            }

            @Override
            public void refused(String sink, int records, double share, String reason) {
                registry.counter("freshet.stream.delivery.failures", STREAM, stream, SINK, sink).increment(share);
            }

            @Override
            public void retried(String sink, int records) {
                count(sink, "retried", records);
            }

            @Override
            public void failed(String sink, int records) {
                count(sink, "failed", records);
            }

            @Override
            public void deadLettered(String sink, int records) {
                count(sink, "dead_lettered", records);
            }

            @Override
            public void dropped(String sink, int records) {
                count(sink, "dropped", records);
            }

            private void count(String sink, String outcome, int records) {
                counters.computeIfAbsent(sink + ' ' + outcome,
                        key -> registry.counter("freshet.stream.records", STREAM, stream, SINK, sink, OUTCOME, outcome))
                        .increment(records);
            }
        };
    }

    void watch(Stream stream) {
        gauge("freshet.stream.records.per.second", stream, s -> s.statistics().currentSamplesPerSecond());
        gauge("freshet.stream.in.flight.records", stream, s -> s.statistics().inFlight());
        gauge("freshet.stream.failing", stream, s -> s.state() == StreamState.FAILING ? 1 : 0);
        gauge("freshet.stream.shape.score", stream, s -> shape(s, ShapeScores::shape));
        gauge("freshet.stream.shape.ceiling", stream, s -> shape(s, ShapeScores::ceiling));
        gauge("freshet.stream.shape.worst.score", stream, s -> shape(s, scores -> scores.worst().score()));
        gauge("freshet.stream.shape.worst.ceiling", stream, s -> shape(s, scores -> scores.worst().ceiling()));
        if (stream.definition().source().readsTopic()) {
            gauge("freshet.stream.consumer.lag", stream, StreamMeters::lag);
        }
        stream.sinks().forEach(sink -> watch(stream, sink));
        stream.stages().ifPresent(stages -> stages.statistics().forEach(stage -> watch(stream, stages, stage.name())));
    }

    private void watch(Stream stream, StageChain stages, String name) {
        counter(stream, stages, name, "in", StageStatistics::in);
        counter(stream, stages, name, "out", StageStatistics::out);
        counter(stream, stages, name, "dropped", StageStatistics::dropped);
        counter(stream, stages, name, "failed", StageStatistics::failed);
    }

    private void counter(Stream stream, StageChain stages, String name, String outcome,
            ToDoubleFunction<StageStatistics> value) {
        FunctionCounter.builder("freshet.stage.records", stages,
                chain -> chain.statistics().stream().filter(stage -> stage.name().equals(name)).mapToDouble(value).sum())
                .tag(STREAM, stream.name()).tag("stage", name).tag(OUTCOME, outcome).register(registry);
    }

    private void watch(Stream stream, SinkRun sink) {
        String name = sink.statistics().name();
        Gauge.builder("freshet.sink.queue.records", sink, s -> s.statistics().inFlight()).tag(STREAM, stream.name())
                .tag(SINK, name).register(registry);
        Gauge.builder("freshet.sink.queue.utilisation", sink, s -> s.statistics().queue().utilisation())
                .tag(STREAM, stream.name()).tag(SINK, name).register(registry);
        for (BreakerState state : BreakerState.values()) {
            Gauge.builder("freshet.sink.breaker", sink, s -> s.statistics().breaker().equals(state.id()) ? 1 : 0)
                    .tag(STREAM, stream.name()).tag(SINK, name).tag("state", state.id()).register(registry);
        }
    }

    private static double lag(Stream stream) {
        TopicStatus topic = stream.statistics().source().topic();
        return topic == null ? Double.NaN : topic.lag();
    }

    private static double shape(Stream stream, ToDoubleFunction<ShapeScores> score) {
        return stream.shapes().map(score::applyAsDouble).orElse(Double.NaN);
    }

    private void gauge(String name, Stream stream, ToDoubleFunction<Stream> value) {
        Gauge.builder(name, stream, value).tag(STREAM, stream.name()).register(registry);
    }

    /** Takes away all meters of a stream, so that their number is that of the streams there are. */
    void forget(Stream stream) {
        registry.getMeters().stream().filter(meter -> stream.name().equals(meter.getId().getTag(STREAM)))
                .forEach(registry::remove);
    }
}
