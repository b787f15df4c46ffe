package io.freshet.stream;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

import jakarta.enterprise.context.ApplicationScoped;

import io.freshet.model.report.ShapeScores;
import io.freshet.sink.BreakerState;
import io.freshet.source.TopicStatus;
import io.freshet.stage.StagePipeline;
import io.freshet.stage.StageStatistics;
import io.freshet.stream.delivery.SinkTask;
import io.freshet.stream.delivery.StreamMetrics;
import io.freshet.stream.engine.Stream;
import io.freshet.stream.engine.StreamState;
import io.freshet.thread.ThreadKind;
import io.freshet.thread.Threads;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

/** The meters of all streams, by stream and sink. */
@ApplicationScoped
public class StreamMeters {

    private static final String STREAM = "stream";
    private static final String SINK = "sink";
    private static final String OUTCOME = "outcome";

    /** Few buckets: Micrometer's own histogram has 69, for each sink of each stream. */
    private static final Duration[] BUCKETS = LongStream.of(1, 5, 10, 25, 50, 100, 250, 500, 1_000, 5_000, 10_000, 30_000)
            .mapToObj(Duration::ofMillis).toArray(Duration[]::new);

    /** The description of each meter, as the exposition shows it. */
    private static final Map<String, String> DESCRIPTIONS = Map.ofEntries(
            Map.entry("freshet.stream.generated.records", "Records that the source of a stream has generated"),
            Map.entry("freshet.stream.delivery", "Time from the generation of a batch to its acknowledgement by a sink"),
            Map.entry("freshet.stream.delivery.failures",
                    "Deliveries that failed after all attempts; a batch that was rejected in part counts as its share"),
            Map.entry("freshet.stream.records", "Records by their outcome at a sink"),
            Map.entry("freshet.stream.records.per.second", "Records per second that all sinks acknowledged, over the last 5 s"),
            Map.entry("freshet.stream.target.records.per.second",
                    "Records per second that the pace asks for, over the last 5 s; absent where it sets no rate"),
            Map.entry("freshet.stream.pace.deficit",
                    "The share of the pace that is not met, over the last 5 s, 0 to 1; 0 where no rate is set"),
            Map.entry("freshet.stream.in.flight.records", "Records that not all sinks have acknowledged"),
            Map.entry("freshet.stream.failing", "1 while the source cannot be read or a sink accepts no records, else 0"),
            Map.entry("freshet.stream.shape.score", "How close recent rows are to the distributions of their model, 0 to 1"),
            Map.entry("freshet.stream.shape.ceiling", "The score that rows of the model itself would have"),
            Map.entry("freshet.stream.shape.worst.score", "The score of the column that is furthest from its distribution"),
            Map.entry("freshet.stream.shape.worst.ceiling", "The ceiling of that column"),
            Map.entry("freshet.stream.consumer.lag", "Messages of the source topic that have not been consumed yet"),
            Map.entry("freshet.stage.records", "Records by their outcome at a stage"),
            Map.entry("freshet.sink.queue.records", "Records that wait for a sink or are in flight to it"),
            Map.entry("freshet.sink.queue.bytes", "Bytes of those records"),
            Map.entry("freshet.sink.queue.utilisation",
                    "The share of the records or bytes that a queue may hold, whichever is greater, 0 to 1"),
            Map.entry("freshet.streams.not.restored", "Saved streams that could not be restored"),
            Map.entry("freshet.threads", "Threads that run, by what they do"),
            Map.entry("freshet.store.failures", "Positions that could not be saved"),
            Map.entry("freshet.sink.breaker", "1 for the current state of a sink's circuit breaker, else 0"));

    private final MeterRegistry registry;

    public StreamMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Registers the meters of the whole process. */
    void watchAll(StreamRegistry streams, PositionSaver positions) {
        Gauge.builder("freshet.streams.not.restored", streams, all -> all.failed().size())
                .description(description("freshet.streams.not.restored")).register(registry);
        FunctionCounter.builder("freshet.store.failures", positions, PositionSaver::failures)
                .description(description("freshet.store.failures")).register(registry);
        for (ThreadKind kind : ThreadKind.values()) {
            gauge("freshet.threads", kind, Tags.of("kind", kind.id()), Threads::running);
        }
    }

    StreamMetrics of(String stream) {
        Counter generated = counter("freshet.stream.generated.records", STREAM, stream);
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
                        kind -> Timer.builder("freshet.stream.delivery").description(description("freshet.stream.delivery"))
                                .tag(STREAM, stream).tag(SINK, kind)
                                .serviceLevelObjectives(BUCKETS).register(registry))
                        .record(nanos, TimeUnit.NANOSECONDS);
            }

            @Override
            public void refused(String sink, int records, double share, String reason) {
                counter("freshet.stream.delivery.failures", STREAM, stream, SINK, sink).increment(share);
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
                        key -> counter("freshet.stream.records", STREAM, stream, SINK, sink, OUTCOME, outcome))
                        .increment(records);
            }
        };
    }

    void watch(Stream stream) {
        gauge("freshet.stream.records.per.second", stream, s -> s.statistics().currentSamplesPerSecond());
        gauge("freshet.stream.target.records.per.second", stream, StreamMeters::target);
        gauge("freshet.stream.pace.deficit", stream, StreamMeters::deficit);
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

    private void watch(Stream stream, StagePipeline stages, String name) {
        counter(stream, stages, name, "in", StageStatistics::in);
        counter(stream, stages, name, "out", StageStatistics::out);
        counter(stream, stages, name, "dropped", StageStatistics::dropped);
        counter(stream, stages, name, "failed", StageStatistics::failed);
    }

    private void counter(Stream stream, StagePipeline stages, String name, String outcome,
            ToDoubleFunction<StageStatistics> value) {
        FunctionCounter.builder("freshet.stage.records", stages,
                chain -> chain.statistics().stream().filter(stage -> stage.name().equals(name)).mapToDouble(value).sum())
                .description(description("freshet.stage.records")).tag(STREAM, stream.name()).tag("stage", name)
                .tag(OUTCOME, outcome).register(registry);
    }

    private void watch(Stream stream, SinkTask sink) {
        String name = sink.statistics().name();
        Tags tags = Tags.of(STREAM, stream.name(), SINK, name);
        gauge("freshet.sink.queue.records", sink, tags, s -> s.statistics().inFlight());
        gauge("freshet.sink.queue.bytes", sink, tags, s -> s.statistics().queue().bytes());
        gauge("freshet.sink.queue.utilisation", sink, tags, s -> s.statistics().queue().utilisation());
        for (BreakerState state : BreakerState.values()) {
            gauge("freshet.sink.breaker", sink, tags.and("state", state.id()),
                    s -> s.statistics().breaker().equals(state.id()) ? 1 : 0);
        }
    }

    private static double target(Stream stream) {
        Double target = stream.statistics().targetSamplesPerSecond();
        return target == null ? Double.NaN : target;
    }

    /** An autoscaler adds instances while this is above a threshold: the stream's shards then have more processors. */
    private static double deficit(Stream stream) {
        double target = target(stream);
        return target > 0 && stream.state() == StreamState.RUNNING
                ? Math.max(0, 1 - stream.statistics().currentSamplesPerSecond() / target)
                : 0;
    }

    private static double lag(Stream stream) {
        TopicStatus topic = stream.statistics().source().topic();
        return topic == null ? Double.NaN : topic.lag();
    }

    private static double shape(Stream stream, ToDoubleFunction<ShapeScores> score) {
        return stream.shapes().map(score::applyAsDouble).orElse(Double.NaN);
    }

    private void gauge(String name, Stream stream, ToDoubleFunction<Stream> value) {
        gauge(name, stream, Tags.of(STREAM, stream.name()), value);
    }

    private <T> void gauge(String name, T of, Tags tags, ToDoubleFunction<T> value) {
        Gauge.builder(name, of, value).description(description(name)).tags(tags).register(registry);
    }

    private Counter counter(String name, String... tags) {
        return Counter.builder(name).description(description(name)).tags(tags).register(registry);
    }

    private static String description(String name) {
        return Objects.requireNonNull(DESCRIPTIONS.get(name), name);
    }

    /** Removes all meters of a stream, so that deleted streams leave none behind. */
    void forget(Stream stream) {
        registry.getMeters().stream().filter(meter -> stream.name().equals(meter.getId().getTag(STREAM)))
                .forEach(registry::remove);
    }
}
