package io.freshet.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.freshet.sink.Consignment;
import io.freshet.sink.Delivery;
import io.freshet.sink.OverflowStrategy;
import io.freshet.sink.QueueSettings;
import io.freshet.sink.Sink;
import io.freshet.source.PatternSource;

/** What a full queue of a sink that does not answer keeps from the garbage collector. */
class QueueMemoryTest {

    private static final int RECORDS = 10_000;
    private static final long MOST_BYTES = 16 << 20;

    /** Never says what became of anything. */
    private record SilentSink() implements Sink {

        @Override
        public String kind() {
            return "silent";
        }

        @Override
        public CompletionStage<Delivery> deliver(Consignment consignment) {
            return new CompletableFuture<>();
        }

        @Override
        public void close() {
            // there is nothing
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 7, 1000 })
    void tenThousandRecordsTakeLessThanSixteenMegabytesHoweverTheyCome(int together) {
        stream(together).statistics();
        long before = Heap.used();
        Stream stream = stream(together);

        stream.start();
        await().atMost(Duration.ofSeconds(60)).until(() -> stream.statistics().inFlight() > RECORDS - together);
        long after = Heap.used();

        assertThat(stream.statistics().inFlight()).isLessThanOrEqualTo(RECORDS);
        assertThat(after - before).isLessThan(MOST_BYTES);
        stream.stop();
    }

    private static Stream stream(int together) {
        SinkRun.Surroundings surroundings = new SinkRun.Surroundings(
                new SinkRun.Patience(Duration.ofSeconds(1), Duration.ofSeconds(1)), new KeptLetters(), StreamMetrics.NONE,
                StreamTime.SYSTEM, Runnable::run);
        SinkRun sink = new SinkRun("full", "silent", new SilentSink(),
                new QueueSettings(RECORDS, OverflowStrategy.BLOCK, 0.1, Optional.empty()), surroundings);
        StreamDefinition definition = StreamDefinition.parse(Definitions.yaml(
                "{name: full, source: {pattern: {}}, pace: {batchSize: %d}, sinks: [{websocket: {}}]}".formatted(together)));
        return new Stream(definition, new Stream.Parts(new PatternSource(1, together), List.of(sink), StreamMetrics.NONE,
                batch -> {
                }, StreamTime.SYSTEM), 0, StreamState.RUNNING);
    }

    /** What is on the heap and in use. */
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
