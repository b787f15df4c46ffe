package io.freshet.stream;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** The meters of all streams, by stream and sink. */
@ApplicationScoped
public class StreamMeters {

    private static final String STREAM = "stream";
    private static final String SINK = "sink";
    private static final String OUTCOME = "outcome";

    private final MeterRegistry registry;
    private final Map<String, List<Meter>> gauges = new ConcurrentHashMap<>();

    public StreamMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    StreamMetrics of(String stream) {
        Counter generated = registry.counter("freshet.stream.generated.records", STREAM, stream);
        return new StreamMetrics() {
            private final Map<String, Counter> delivered = new ConcurrentHashMap<>();
            private final Map<String, Counter> failed = new ConcurrentHashMap<>();
            private final Map<String, Timer> latency = new ConcurrentHashMap<>();

            @Override
            public void generated(int records) {
                generated.increment(records);
            }

            @Override
            public void delivered(String sink, int records, long nanos) {
                delivered.computeIfAbsent(sink, kind -> records(stream, kind, "delivered")).increment(records);
                latency.computeIfAbsent(sink,
                        kind -> Timer.builder("freshet.stream.delivery").tag(STREAM, stream).tag(SINK, kind)
                                .publishPercentileHistogram().register(registry))
                        .record(nanos, TimeUnit.NANOSECONDS);
            }

            @Override
            public void failed(String sink, int records) {
                failed.computeIfAbsent(sink, kind -> records(stream, kind, "failed")).increment(records);
            }
        };
    }

    private Counter records(String stream, String sink, String outcome) {
        return registry.counter("freshet.stream.records", STREAM, stream, SINK, sink, OUTCOME, outcome);
    }

    void watch(Stream stream) {
        gauges.put(stream.name(), List.of(
                Gauge.builder("freshet.stream.records.per.second", stream, s -> s.statistics().samplesPerSecond())
                        .tag(STREAM, stream.name()).register(registry),
                Gauge.builder("freshet.stream.in.flight.records", stream, s -> s.statistics().inFlight())
                        .tag(STREAM, stream.name()).register(registry),
                Gauge.builder("freshet.stream.failing", stream, s -> s.state() == StreamState.FAILING ? 1 : 0)
                        .tag(STREAM, stream.name()).register(registry)));
    }

    void forget(Stream stream) {
        gauges.getOrDefault(stream.name(), List.of()).forEach(registry::remove);
        gauges.remove(stream.name());
    }
}
