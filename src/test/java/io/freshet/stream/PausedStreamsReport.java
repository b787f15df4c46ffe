package io.freshet.stream;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.sun.management.OperatingSystemMXBean;

import io.freshet.deadletter.KeptLetters;
import io.freshet.retry.Backoff;
import io.freshet.sink.OverflowStrategy;
import io.freshet.sink.QueueSettings;
import io.freshet.source.pattern.PatternSource;
import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.delivery.SinkTask;
import io.freshet.stream.delivery.StreamMetrics;
import io.freshet.stream.delivery.StreamTime;
import io.freshet.stream.engine.Stream;
import io.freshet.stream.engine.StreamState;
import io.freshet.stream.engine.VirtualTime;

/** Measures what paused streams cost: threads, and the share of a core. Run manually. */
final class PausedStreamsReport {

    private static final int STREAMS = 1_000;
    private static final Duration MEASURED = Duration.ofSeconds(20);

    private PausedStreamsReport() {
    }

    public static void main(String[] args) throws InterruptedException {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        List<Stream> streams = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            streams.add(stream("paused-" + i));
        }
        streams.forEach(Stream::start);
        // so that one-time work such as compilation is over
        Thread.sleep(10_000);
        long cpu = system.getProcessCpuTime();
        Thread.sleep(MEASURED.toMillis());
        double share = (system.getProcessCpuTime() - cpu) / (double) MEASURED.toNanos();
        System.out.printf("%d paused streams: %d threads, %.2f %% of a core%n", STREAMS,
                ManagementFactory.getThreadMXBean().getThreadCount(), 100 * share);
        long startedAt = System.nanoTime();
        streams.forEach(Stream::stop);
        streams.forEach(stream -> stream.awaitEnd(Duration.ofSeconds(30)));
        System.out.printf("all stopped in %d ms%n", (System.nanoTime() - startedAt) / 1_000_000);
    }

    private static Stream stream(String name) {
        StreamDefinition definition = StreamDefinition.parse(Definitions.yaml(
                "{name: %s, source: {pattern: {}}, pace: {recordsPerSecond: 10}, sinks: [{websocket: {}}]}".formatted(name)));
        SinkTask.SinkContext sinkContext = new SinkTask.SinkContext(
                new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10)), new KeptLetters(), StreamMetrics.NONE,
                StreamTime.SYSTEM, Runnable::run);
        SinkTask run = new SinkTask(name, "recording", new RecordingSink(new VirtualTime()),
                new QueueSettings(10_000, OverflowStrategy.BLOCK, 0.1, Optional.empty()), sinkContext);
        return new Stream(definition, new Stream.Parts(new PatternSource(1, 100), List.of(run), StreamMetrics.NONE, batch -> {
        }, StreamTime.SYSTEM), 0, StreamState.PAUSED);
    }
}
