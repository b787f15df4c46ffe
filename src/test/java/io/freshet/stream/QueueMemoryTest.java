package io.freshet.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.freshet.deadletter.KeptLetters;
import io.freshet.memory.MemoryBudget;
import io.freshet.retry.Backoff;
import io.freshet.sink.BatchDelivery;
import io.freshet.sink.Delivery;
import io.freshet.sink.OverflowStrategy;
import io.freshet.sink.QueueSettings;
import io.freshet.sink.Sink;
import io.freshet.source.pattern.PatternSource;
import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.delivery.SinkTask;
import io.freshet.stream.delivery.StreamMetrics;
import io.freshet.stream.delivery.StreamStatistics;
import io.freshet.stream.delivery.StreamTime;
import io.freshet.stream.engine.Stream;
import io.freshet.stream.engine.StreamState;

/** The heap that a full queue of an unresponsive sink retains. */
@Tag("heap")
class QueueMemoryTest {

    private static final int RECORDS = 10_000;
    private static final long MAX_BYTES = 16 << 20;

    /** Never completes a delivery. */
    private record SilentSink() implements Sink {

        @Override
        public String kind() {
            return "silent";
        }

        @Override
        public CompletionStage<Delivery> deliver(BatchDelivery batchDelivery) {
            return new CompletableFuture<>();
        }

        @Override
        public void close() {
            // nothing to close
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 7, 1000 })
    void tenThousandRecordsTakeLessThanSixteenMegabytesInBatchesOfAnySize(int together) {
        stream(together).statistics();
        long before = Heap.used();
        Stream stream = stream(together);

        stream.start();
        await().atMost(Duration.ofSeconds(60)).until(() -> stream.statistics().inFlight() > RECORDS - together);
        long after = Heap.used();

        assertThat(stream.statistics().inFlight()).isLessThanOrEqualTo(RECORDS);
        assertThat(after - before).isLessThan(MAX_BYTES);
        stream.stop();
    }

    @Test
    void theQueuesOfAllStreamsStayWithinTheirBudget() {
        MemoryBudget budget = MemoryBudget.of(256 << 10);
        List<Stream> streams = List.of(stream(100, budget, OverflowStrategy.BLOCK), stream(100, budget, OverflowStrategy.BLOCK),
                stream(100, budget, OverflowStrategy.BLOCK));
        streams.forEach(Stream::start);
        await().atMost(Duration.ofSeconds(60)).until(() -> budget.used() >= budget.capacity());
        await().during(Duration.ofMillis(300)).atMost(Duration.ofSeconds(60)).until(() -> streams.stream()
                .allMatch(stream -> stream.statistics().inFlight() > 0));

        long slices = 3 * 2 * budget.slice();
        assertThat(budget.used()).isLessThanOrEqualTo(budget.capacity() + slices);
        assertThat(streams).allMatch(stream -> stream.statistics().inFlight() < RECORDS);
        assertThat(streams.stream().mapToLong(stream -> stream.statistics().sinks().get(0).queue().bytes()).sum())
                .isEqualTo(budget.used());
        streams.forEach(Stream::stop);
    }

    @ParameterizedTest
    @EnumSource(value = OverflowStrategy.class, names = { "DROP_OLDEST", "DROP_NEWEST", "SAMPLE" })
    void recordsBeyondTheBudgetAreDroppedAndCountedAsInAFullQueue(OverflowStrategy strategy) {
        MemoryBudget budget = MemoryBudget.of(256 << 10);
        Stream stream = stream(100, budget, strategy);
        stream.start();

        await().atMost(Duration.ofSeconds(60)).until(() -> stream.statistics().sinks().get(0).dropped() > 1_000);
        stream.stop();

        StreamStatistics.SinkStatistics sink = stream.statistics().sinks().get(0);
        assertThat(budget.used()).isLessThanOrEqualTo(budget.capacity() + 2 * budget.slice());
        assertThat(sink.inFlight()).as("the queue was never full of records").isLessThan(RECORDS);
    }

    private static Stream stream(int together) {
        return stream(together, MemoryBudget.unlimited(), OverflowStrategy.BLOCK);
    }

    private static Stream stream(int together, MemoryBudget budget, OverflowStrategy strategy) {
        SinkTask.SinkContext sinkContext = new SinkTask.SinkContext(
                new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1)), new KeptLetters(), StreamMetrics.NONE,
                StreamTime.SYSTEM, Runnable::run, budget);
        SinkTask sink = new SinkTask("full", "silent", new SilentSink(),
                new QueueSettings(RECORDS, strategy, 0.1, Optional.empty()), sinkContext);
        StreamDefinition definition = StreamDefinition.parse(Definitions.yaml(
                "{name: full, source: {pattern: {}}, pace: {batchSize: %d}, sinks: [{websocket: {}}]}".formatted(together)));
        return new Stream(definition, new Stream.Parts(new PatternSource(1, together), null, List.of(sink), StreamMetrics.NONE,
                batch -> {
                }, StreamTime.SYSTEM, budget.slice()), 0, StreamState.RUNNING);
    }

    /** Measures the live heap. */
    private static final class Heap {

        private static long used() {
            List<Long> looks = new ArrayList<>();
            for (int look = 0; look < 2; look++) {
                System.gc();
                looks.add(Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
            }
            return looks.stream().mapToLong(Long::longValue).min().orElseThrow();
        }
    }
}
