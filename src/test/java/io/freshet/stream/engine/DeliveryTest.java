package io.freshet.stream.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.freshet.deadletter.KeptLetters;
import io.freshet.retry.Backoff;
import io.freshet.sink.DeadLetter;
import io.freshet.sink.Delivery;
import io.freshet.sink.OverflowStrategy;
import io.freshet.sink.QueueSettings;
import io.freshet.source.pattern.PatternSource;
import io.freshet.stream.Definitions;
import io.freshet.stream.RecordingSink;
import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.delivery.SinkTask;
import io.freshet.stream.delivery.StreamMetrics;
import io.freshet.stream.delivery.StreamStatistics;
import io.freshet.stream.delivery.StreamStatistics.SinkStatistics;

/** Queues, overflow, dead letters, and the accounting of every record; on virtual time. */
@Timeout(30)
class DeliveryTest {

    private static final Delivery DOWN = new Delivery.TransientFailure("the broker is down");
    private static final Delivery TOO_LARGE = new Delivery.PermanentFailure("too large");

    private final VirtualTime time = new VirtualTime();
    private final RecordingSink healthy = new RecordingSink(time);
    private final RecordingSink broken = new RecordingSink(time);
    private final KeptLetters kept = new KeptLetters();
    private final Told told = new Told();

    /** Collects delivered and rejected records, by sink. */
    private static final class Told implements StreamMetrics {
        private final Map<String, List<Integer>> delivered = new HashMap<>();
        private final List<String> refused = new ArrayList<>();
        private double shares;

        @Override
        public void delivered(String sink, int records, long nanos) {
            delivered.computeIfAbsent(sink, name -> new ArrayList<>()).add(records);
        }

        @Override
        public void refused(String sink, int records, double share, String reason) {
            refused.add(sink + " " + records + " " + reason);
            shares += share;
        }
    }

    @Test
    void aSinkThatStaysDownDoesNotBlockOthersIfItMayDropRecords() {
        broken.outcomes = position -> DOWN;
        Stream stream = stream("{recordsPerSecond: 1000, maxRecords: 60000}", queue(10_000, OverflowStrategy.DROP_OLDEST));
        time.after(Duration.ofSeconds(50), () -> {
            SinkStatistics sink = statistics(stream, 1);
            assertThat(statistics(stream, 0).delivered()).isCloseTo(50_000, within(100L));
            assertThat(sink.dropped()).isCloseTo(40_000, within(100L));
            assertThat(sink.inFlight()).isCloseTo(10_000, within(100L));
            assertAccounted(stream, sink);
        });
        time.after(Duration.ofSeconds(70), stream::stop);

        stream.run();

        assertThat(healthy.arrivals).hasSize(60_000);
        assertThat(healthy.arrivals.get(59_999).second()).isLessThan(60.2);
        assertAccounted(stream, statistics(stream, 1));
        assertThat(statistics(stream, 1).failed()).isEqualTo(10_000);
    }

    @Test
    void dropsTheOldestWaitingRecords() {
        Stream stream = outage(OverflowStrategy.DROP_OLDEST);

        stream.run();

        // of the waiting records, the newest thousand remain; the batch that was retried kept its slots
        assertThat(sequences()).contains(0L, 19_999L).hasSize((int) statistics(stream, 1).delivered());
        assertThat(sequences().stream().filter(s -> s > 2_100 && s < 18_000)).isEmpty();
        assertThat(statistics(stream, 1).dropped()).isCloseTo(16_000, within(200L));
        assertAccounted(stream, statistics(stream, 1));
        assertThat(stream.position()).isEqualTo(20_000);
    }

    @Test
    void dropsTheNewestRecords() {
        Stream stream = outage(OverflowStrategy.DROP_NEWEST);

        stream.run();

        assertThat(sequences()).containsAll(LongStream.range(0, 2_900).boxed().toList()).contains(19_999L);
        assertThat(sequences().stream().filter(s -> s > 3_100 && s < 18_800)).isEmpty();
        assertAccounted(stream, statistics(stream, 1));
    }

    @Test
    void keepsASampleThatCoversTheWholeOutage() {
        Stream stream = outage(OverflowStrategy.SAMPLE);

        stream.run();

        // a tenth of 16,000 arrived while the queue was full; the last thousand of them remain
        List<Long> within = sequences().stream().filter(s -> s > 3_100 && s < 18_800).toList();
        assertThat(within).hasSizeBetween(700, 1_000);
        assertThat(within.get(0)).isLessThan(11_500);
        assertAccounted(stream, statistics(stream, 1));
    }

    @Test
    void blocksTheStreamAndLosesNothing() {
        Stream stream = outage(OverflowStrategy.BLOCK);
        time.after(Duration.ofSeconds(15), () -> {
            assertThat(statistics(stream, 1).inFlight()).isBetween(900L, 1_000L);
            assertThat(statistics(stream, 1).queue().utilisation()).isGreaterThan(0.9);
            assertThat(statistics(stream, 0).delivered()).isBetween(2_900L, 3_100L);
        });

        stream.run();

        assertThat(sequences()).isEqualTo(LongStream.range(0, 20_000).boxed().toList());
        assertAccounted(stream, statistics(stream, 1));
    }

    @ParameterizedTest
    @EnumSource(OverflowStrategy.class)
    void acceptsBatchesThatAreLongerThanTheQueue(OverflowStrategy strategy) {
        Stream stream = stream("{maxRecords: 5000}", queue(7, strategy));

        stream.run();

        assertThat(sequences()).isEqualTo(LongStream.range(0, 5_000).boxed().toList());
    }

    @Test
    void permanentlyRejectedRecordsBecomeDeadLettersAndTheRestContinues() {
        broken.outcomes = position -> position == 2_000 ? TOO_LARGE : Delivery.delivered();
        Stream stream = stream("{maxRecords: 5000}", queue(10_000, OverflowStrategy.BLOCK));

        stream.run();

        assertThat(kept.positions()).isEqualTo(LongStream.range(2_000, 3_000).boxed().toList());
        DeadLetter letter = kept.letters.get(0);
        assertThat(letter.address()).isEqualTo(new DeadLetter.Address("test", 2_000, "recording-2", "recording", "nowhere"));
        assertThat(letter.cause().reason()).isEqualTo("too large");
        assertThat(new String(letter.value(), StandardCharsets.UTF_8)).contains("\"sequence\":2000,");
        assertThat(stream.position()).isEqualTo(5_000);
        assertThat(statistics(stream, 1).deadLettered()).isEqualTo(1_000);
        assertThat(statistics(stream, 1).failing()).isFalse();
        assertAccounted(stream, statistics(stream, 1));
    }

    @Test
    void recordsThatWaitTooLongBecomeDeadLetters() {
        broken.outcomes = position -> time.seconds() > 5 && time.seconds() < 60 ? DOWN : Delivery.delivered();
        Stream stream = stream("{recordsPerSecond: 1000, maxRecords: 90000}",
                new QueueSettings(10_000, OverflowStrategy.BLOCK, 0.1, Optional.of(Duration.ofSeconds(3))));

        stream.run();

        Set<Long> all = new HashSet<>(sequences());
        assertThat(kept.positions()).doesNotHaveDuplicates().allMatch(position -> position > 4_900 && position < 60_100);
        assertThat(kept.positions().size()).isGreaterThan(40_000);
        assertThat(all.addAll(kept.positions())).isTrue();
        assertThat(all).hasSize(90_000);
        assertThat(sequences().size() + kept.positions().size()).isEqualTo(90_000);
        assertThat(kept.letters.get(0).cause().reason()).isEqualTo("abandoned after 3 s: the broker is down");
        assertAccounted(stream, statistics(stream, 1));
    }

    @Test
    void waitsWhileDeadLettersCannotBeStoredAndLosesNone() {
        kept.full = true;
        broken.outcomes = position -> position == 2_000 ? TOO_LARGE : Delivery.delivered();
        Stream stream = stream("{maxRecords: 30000}", queue(10_000, OverflowStrategy.BLOCK));
        time.after(Duration.ofSeconds(20), () -> {
            assertThat(stream.state()).isEqualTo(StreamState.FAILING);
            assertThat(stream.position()).isEqualTo(2_000);
            assertThat(statistics(stream, 1).lastError()).contains("dead letters could not be kept: full");
            assertAccounted(stream, statistics(stream, 1));
            kept.full = false;
        });

        stream.run();

        assertThat(kept.positions()).isEqualTo(LongStream.range(2_000, 3_000).boxed().toList());
        assertThat(sequences()).hasSize(29_000).doesNotHaveDuplicates();
        assertThat(stream.position()).isEqualTo(30_000);
    }

    @Test
    void aPermanentlyRejectedBatchCountsAsAFailureAndNotAsSent() {
        broken.outcomes = position -> position == 2_000 ? TOO_LARGE : Delivery.delivered();
        Stream stream = stream("{maxRecords: 5000}", queue(10_000, OverflowStrategy.BLOCK));

        stream.run();

        assertThat(told.refused).containsExactly("recording-2 1000 too large");
        assertThat(told.delivered.get("recording-2")).hasSize(4).allMatch(records -> records == 1_000);
        assertThat(told.delivered.get("recording")).hasSize(5);
    }

    @Test
    void aSinkThatRejectsEverythingFailsWithAnErrorRateOfOne() {
        broken.outcomes = position -> TOO_LARGE;
        Stream stream = stream("{maxRecords: 5000}", queue(10_000, OverflowStrategy.BLOCK));

        stream.run();

        SinkStatistics sink = statistics(stream, 1);
        assertThat(sink.deliveryFailures()).isEqualTo(5);
        assertThat(sink.errorRate()).isEqualTo(1);
        assertThat(sink.lastError()).isEqualTo("too large");
        assertThat(sink.latencySeconds()).isZero();
        assertThat(sink.breaker()).isEqualTo("closed");
        assertThat(sink.failing()).isTrue();
        assertThat(statistics(stream, 0).errorRate()).isZero();
    }

    @Test
    void theErrorRateIsTheShareOfRejectedRecords() {
        broken.refusedOfEach = 20;
        Stream stream = stream("{maxRecords: 5000}", queue(10_000, OverflowStrategy.BLOCK));

        stream.run();

        SinkStatistics sink = statistics(stream, 1);
        assertThat(sink.deadLettered()).isEqualTo(100);
        assertThat(sink.errorRate()).isCloseTo(0.02, within(1e-9));
        assertThat(sink.deliveryFailures()).isEqualTo(5);
        assertThat(sink.lastError()).isEqualTo("a bad record");
        assertThat(told.shares).isCloseTo(5 * 0.02, within(1e-9));
        assertAccounted(stream, sink);
    }

    @Test
    void logsDeliveredAndFailedRecords() {
        broken.outcomes = position -> position == 2_000 ? TOO_LARGE : Delivery.delivered();
        Stream stream = stream("{maxRecords: 5000}", queue(10_000, OverflowStrategy.BLOCK));

        stream.run();

        StreamStatistics statistics = stream.statistics();
        assertThat(statistics.eventsGenerated()).isEqualTo(5_000);
        assertThat(statistics.eventsSentSuccessfully()).as("each once, though two sinks have it").isEqualTo(5_000);
        assertThat(statistics.eventsFailed()).isEqualTo(1_000);
        assertThat(statistics.connectionFailures()).isEqualTo(1);
        assertThat(statistics.progress(5_000)).startsWith(
                "state=completed position=5000 generated=5000 sent=5000 failed=1000 dropped=0 perSecond=")
                .endsWith("batchesSent=5 deliveryFailures=1");
    }

    @Test
    void logsDroppedAndAbandonedRecords() {
        broken.outcomes = position -> DOWN;
        Stream stream = stream("{recordsPerSecond: 1000, maxRecords: 20000}", queue(1_000, OverflowStrategy.DROP_NEWEST));
        time.after(Duration.ofSeconds(30), stream::stop);

        stream.run();

        assertThat(stream.statistics().progress(20_000)).contains("sent=20000 failed=1000 dropped=19000 ");
    }

    @Test
    void abandonedRecordsCountAsFailures() {
        broken.outcomes = position -> DOWN;
        Stream stream = stream("{maxRecords: 1000}",
                new QueueSettings(10_000, OverflowStrategy.BLOCK, 0.1, Optional.of(Duration.ofSeconds(3))));

        stream.run();

        assertThat(told.refused).containsExactly("recording-2 1000 the broker is down",
                "recording-2 1000 the broker is down", "recording-2 1000 the broker is down",
                "recording-2 1000 abandoned after 3 s: the broker is down");
        assertThat(told.delivered).containsOnlyKeys("recording");
    }

    @Test
    void reportsTheDeliveredRecordsOfAFailedBatchOnce() {
        broken.partly = 300;
        broken.outcomes = position -> time.seconds() < 5 ? DOWN : Delivery.delivered();
        Stream stream = stream("{maxRecords: 1000}", queue(10_000, OverflowStrategy.BLOCK));

        stream.run();

        assertThat(told.delivered.get("recording-2")).containsExactly(300, 700);
        assertThat(told.refused).hasSizeGreaterThan(2).allMatch("recording-2 700 the broker is down"::equals);
        assertThat(statistics(stream, 1).delivered()).isEqualTo(1_000);
    }

    /** The second sink fails from the third to the nineteenth second of twenty, with a queue of a thousand records. */
    private Stream outage(OverflowStrategy strategy) {
        broken.outcomes = position -> time.seconds() > 2 && time.seconds() < 19 ? DOWN : Delivery.delivered();
        return stream("{recordsPerSecond: 1000, maxRecords: 20000}", queue(1_000, strategy));
    }

    private static QueueSettings queue(int records, OverflowStrategy strategy) {
        return new QueueSettings(records, strategy, 0.1, Optional.empty());
    }

    private Stream stream(String pace, QueueSettings second) {
        StreamDefinition definition = StreamDefinition.parse(Definitions.yaml("""
                {name: test, source: {pattern: {}}, pace: %s, sinks: [{websocket: {}}]}""".formatted(pace)));
        SinkTask.SinkContext sinkContext = new SinkTask.SinkContext(
                new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1)), kept, told, time, Runnable::run);
        List<SinkTask> sinks = new ArrayList<>();
        sinks.add(new SinkTask("test", "recording", healthy, queue(10_000, OverflowStrategy.BLOCK), sinkContext));
        sinks.add(new SinkTask("test", "recording-2", broken, second, sinkContext));
        return new Stream(definition,
                new Stream.Parts(new PatternSource(1, Stream.MAX_BATCH_RECORDS), sinks, StreamMetrics.NONE,
                        batch -> {
                        }, time),
                0, StreamState.RUNNING);
    }

    private static SinkStatistics statistics(Stream stream, int sink) {
        return stream.statistics().sinks().get(sink);
    }

    private static void assertAccounted(Stream stream, SinkStatistics sink) {
        assertThat(sink.delivered() + sink.deadLettered() + sink.dropped() + sink.failed() + sink.inFlight())
                .isEqualTo(stream.generated());
    }

    private List<Long> sequences() {
        return broken.arrivals.stream()
                .map(arrival -> Long.valueOf(arrival.json().replaceAll(".*\"sequence\":(\\d+),.*", "$1")))
                .toList();
    }
}
