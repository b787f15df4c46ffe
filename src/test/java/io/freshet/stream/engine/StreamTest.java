package io.freshet.stream.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.freshet.sink.Delivery;
import io.freshet.stream.RecordingSink;
import io.freshet.stream.delivery.StreamStatistics;
import io.freshet.stream.delivery.StreamStatistics.BatchResult;

@Timeout(30)
class StreamTest extends StreamFixture {

    @Test
    void deliversEveryRecordOnceAndInOrder() {
        Stream stream = stream("{maxRecords: 5500, batchSize: 1000}");

        stream.run();

        assertThat(sequences()).isEqualTo(LongStream.range(0, 5500).boxed().toList());
        assertThat(stream.state()).isEqualTo(StreamState.COMPLETED);
        assertThat(stream.position()).isEqualTo(5500);
        assertThat(stream.statistics().totalBatches()).isEqualTo(6);
        assertThat(sink.closed).isTrue();
    }

    @ParameterizedTest
    @CsvSource({ "0.5, 10", "1, 20", "3, 60", "1000, 20000" })
    void aDurationHasAsManyRecordsAsThePaceDemands(double rate, long records) {
        Stream stream = stream("{recordsPerSecond: " + rate + ", duration: 20s}");

        stream.run();

        assertThat(stream.position()).isEqualTo(records);
    }

    @Test
    void aPauseDoesNotCountTowardsTheDuration() {
        Stream stream = stream("{recordsPerSecond: 5, duration: 20s}");
        time.after(Duration.ofMillis(4_130), stream::pause);
        time.after(Duration.ofMillis(10_240), stream::resume);

        stream.run();

        assertThat(stream.position()).isEqualTo(100);
    }

    @Test
    void batchIdsFollowThePositionAlsoAfterAStartInTheMiddle() {
        Stream stream = stream("{maxRecords: 2500, batchSize: 1000}", 1700, StreamState.RUNNING);

        stream.run();

        assertThat(field("sequence")).startsWith("1700").endsWith("2499").hasSize(800);
        assertThat(field("_batch_id").subList(0, 300)).containsOnly("batch-000002");
        assertThat(field("_batch_id").subList(300, 800)).containsOnly("batch-000003");
        assertThat(stream.statistics().totalSamples()).isEqualTo(800);
    }

    @Test
    void stampsRecordsWithTheClock() {
        stream("{recordsPerSecond: 10, maxRecords: 21}").run();

        assertThat(field("_generated_at").get(0)).startsWith("2026-03-01T12:00:00.1");
        assertThat(field("_generated_at").get(20)).startsWith("2026-03-01T12:00:02.1");
    }

    @Test
    void keepsAThousandPerSecondSmoothlyWithinOnePercent() {
        Stream stream = stream("{recordsPerSecond: 1000, duration: 60}");

        stream.run();

        assertThat(sink.arrivals.size()).isCloseTo(60_000, within(600));
        assertThat(stream.statistics().samplesPerSecond()).isCloseTo(1000, within(10.0));
        long[] tenths = new long[600];
        sink.arrivals.forEach(arrival -> tenths[(int) Math.min(599, arrival.second() * 10)]++);
        for (int tenth = 1; tenth < 599; tenth++) {
            assertThat(tenths[tenth]).as("records in tenth %d", tenth).isBetween(80L, 120L);
        }
        // a batch every ten milliseconds, without a busy loop
        assertThat(sink.attempts).hasSizeLessThan(6100);
    }

    @Test
    void retriesFailedBatchesUntilTheyAreDeliveredAndReportsTheReason() {
        double[] outage = { 2, 40 };
        sink.outcomes = position -> time.seconds() > outage[0] && time.seconds() < outage[1] ? DOWN : Delivery.delivered();
        Stream stream = stream("{recordsPerSecond: 1000, maxRecords: 30000}");
        time.after(Duration.ofSeconds(1), () -> seen.add(stream.state()));
        time.after(Duration.ofSeconds(20), () -> {
            seen.add(stream.state());
            assertThat(stream.statistics().sinks().get(0).lastError()).isEqualTo("the broker is down");
            assertThat(stream.position()).isBetween(1900L, 2000L);
        });
        time.after(Duration.ofSeconds(51), () -> seen.add(stream.state()));

        stream.run();

        assertThat(seen).containsExactly(StreamState.RUNNING, StreamState.FAILING, StreamState.RUNNING);
        assertThat(stream.state()).isEqualTo(StreamState.COMPLETED);
        assertThat(sequences()).isEqualTo(LongStream.range(0, 30_000).boxed().toList());
        assertThat(stream.statistics().sinks().get(0).retriedBatches()).isBetween(5L, 20L);
        assertThat(stream.statistics().sinks().get(0).failed()).isZero();
    }

    @Test
    void deliversTheOldestFailedBatchFirst() {
        // four batches are in flight when the sink fails; all results arrive late
        sink.delays = position -> Duration.ofMillis(200);
        sink.outcomes = position -> time.seconds() < 5 ? DOWN : Delivery.delivered();
        Stream stream = stream("{maxRecords: 400, batchSize: 100}");

        stream.run();

        assertThat(sequences()).isEqualTo(LongStream.range(0, 400).boxed().toList());
        assertThat(sink.attempts.subList(0, 4)).containsExactly(0L, 100L, 200L, 300L);
        assertThat(sink.attempts.subList(4, sink.attempts.size() - 3)).containsOnly(0L);
    }

    @Test
    void hasAtMostEightThousandRecordsWithASlowSink() {
        sink.delays = position -> Duration.ofSeconds(1);
        Stream stream = stream("{maxRecords: 40000, batchSize: 500}");

        stream.run();

        assertThat(sink.mostOpen).isEqualTo(16);
        assertThat(sequences()).hasSize(40_000);
        assertThat(time.seconds()).isBetween(5.0, 6.5);
    }

    @Test
    void advancesItsPositionOnlyOverAcknowledgedRecordsWithoutAGap() {
        sink.delays = position -> position == 0 ? Duration.ofSeconds(10) : Duration.ofMillis(1);
        Stream stream = stream("{maxRecords: 4000}");
        List<Long> positions = new ArrayList<>();
        time.after(Duration.ofSeconds(9), () -> positions.add(stream.position()));

        stream.run();

        assertThat(positions).containsExactly(0L);
        assertThat(stream.position()).isEqualTo(4000);
    }

    @Test
    void emitsNothingWhilePausedAndResumesAtItsPace() {
        Stream stream = stream("{recordsPerSecond: 1000, maxRecords: 5000}");
        time.after(Duration.ofSeconds(2), stream::pause);
        time.after(Duration.ofSeconds(30), () -> seen.add(stream.state()));
        time.after(Duration.ofSeconds(60), stream::resume);

        stream.run();

        assertThat(seen).containsExactly(StreamState.PAUSED);
        assertThat(sink.arrivals).filteredOn(arrival -> arrival.second() > 2.1 && arrival.second() < 60).isEmpty();
        assertThat(time.seconds()).isBetween(62.9, 63.2);
        assertThat(stream.statistics().samplesPerSecond()).isCloseTo(1000, within(25.0));
    }

    @Test
    void startsPausedWhenItWasPausedBefore() {
        Stream stream = stream("{maxRecords: 10}", 0, StreamState.PAUSED);
        time.after(Duration.ofSeconds(5), stream::resume);

        stream.run();

        assertThat(sink.arrivals).hasSize(10).allMatch(arrival -> arrival.second() >= 5);
    }

    @Test
    void aFailingSinkDoesNotLoseRecordsOfTheOthers() {
        RecordingSink other = new RecordingSink(time);
        other.outcomes = position -> time.seconds() > 1 && time.seconds() < 20 ? DOWN : Delivery.delivered();
        Stream stream = stream("{recordsPerSecond: 1000, maxRecords: 3000}", 0, StreamState.RUNNING, pattern(), sink, other);

        stream.run();

        assertThat(sequences()).isEqualTo(LongStream.range(0, 3000).boxed().toList());
        assertThat(other.arrivals).hasSize(3000);
        assertThat(stream.statistics().sinks()).extracting(StreamStatistics.SinkStatistics::delivered).containsExactly(3000L,
                3000L);
    }

    @Test
    void waitsBetweenBatches() {
        stream("{maxRecords: 300, batchSize: 100, delayBetweenBatches: 2s}").run();

        assertThat(sink.arrivals.get(99).second()).isLessThan(0.1);
        assertThat(sink.arrivals.get(100).second()).isBetween(2.0, 2.1);
        assertThat(sink.arrivals.get(200).second()).isBetween(4.0, 4.2);
    }

    @Test
    void retainsTheResultsOfTheLastTenBatches() {
        sink.refusedOfEach = 3;
        Stream stream = stream("{maxRecords: 1250, batchSize: 100}");

        stream.run();

        StreamStatistics statistics = stream.statistics();
        assertThat(statistics.totalBatches()).isEqualTo(13);
        assertThat(statistics.lastBatches()).extracting(BatchResult::batch).containsExactly(4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L,
                12L, 13L);
        assertThat(statistics.lastBatches()).extracting(BatchResult::failed).containsOnly(3);
        assertThat(statistics.lastBatches().get(9).processed()).isEqualTo(47);
    }

    @Test
    void aBatchThatTravelsInPartsIsOneBatch() {
        Stream stream = stream("{recordsPerSecond: 1000, maxRecords: 700, batchSize: 500}");

        stream.run();

        assertThat(stream.statistics().totalBatches()).isEqualTo(2);
        assertThat(stream.statistics().lastBatches()).extracting(BatchResult::processed).containsExactly(500, 200);
        assertThat(stream.statistics().lastBatches().get(0).milliseconds()).isBetween(400.0, 600.0);
    }
}
