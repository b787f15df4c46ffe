package io.freshet.stream.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.freshet.stream.Definitions;
import io.freshet.stream.definition.DefinitionNode;
import io.freshet.stream.definition.PaceDefinition;
import io.freshet.stream.definition.SourceDefinition;
import io.freshet.stream.delivery.StreamTime;

class PaceTest {

    private static final long SECOND = 1_000_000_000L;

    private static final Instant NINE = Instant.parse("2026-03-18T09:00:00Z");
    private static final long START = 123_456_789L;

    private long now = START;
    private final StreamTime clock = new StreamTime() {
        @Override
        public long nanos() {
            return now;
        }

        @Override
        public Instant now() {
            return NINE.plusNanos(now - START);
        }

        @Override
        public void park(long nanos) {
            now += nanos;
        }
    };

    /** Runs as the stream does, with an endless supply. @return the times at which records were emitted, in seconds */
    private List<Double> run(Pace pace, double seconds, int wanted) {
        List<Double> times = new ArrayList<>();
        emit(pace, seconds, wanted, (at, records) -> times.addAll(Collections.nCopies(records, at)));
        return times;
    }

    private long count(Pace pace, double seconds, int wanted) {
        LongAdder emitted = new LongAdder();
        emit(pace, seconds, wanted, (at, records) -> emitted.add(records));
        return emitted.sum();
    }

    private void emit(Pace pace, double seconds, int wanted, BiConsumer<Double, Integer> emitted) {
        long begun = now;
        while (now - begun < seconds * SECOND && !pace.isOver(clock)) {
            int due = pace.due(now, wanted);
            if (due == 0) {
                now = Math.min(now + pace.waitNanos(now, wanted), begun + (long) (seconds * SECOND));
            } else {
                pace.release(now, due, false);
                emitted.accept((now - begun) / (double) SECOND, due);
            }
        }
    }

    @Test
    void keepsEveryRateOverAMinute() {
        for (double rate : new double[] { 0.1, 0.5, 1, 7, 33.3, 1000, 12_345, 250_000 }) {
            long records = count(pace("{recordsPerSecond: " + rate + "}"), 60, 2000);

            assertThat((double) records).as("records at %s/s", rate).isCloseTo(60 * rate,
                    within(Math.max(1.001, 0.01 * 60 * rate)));
        }
    }

    @Test
    void releasesEverythingWithoutARate() {
        assertThat(pace("{}").due(now, 777)).isEqualTo(777);
    }

    @Test
    void releasesBurstsAtTheirTimes() {
        List<Double> times = run(pace("{burst: {every: 500ms, records: 100}}"), 4.9, 30);

        assertThat(times).hasSize(1000);
        for (int i = 0; i < times.size(); i++) {
            assertThat(times.get(i)).isCloseTo(i / 100 * 0.5, within(0.001));
        }
    }

    @Test
    void keepsRareBurstsOnTimeWithASlowSink() {
        Pace pace = pace("{burst: {every: 20s, records: 10}}");
        now += 15 * SECOND;
        assertThat(pace.due(now, 10)).isEqualTo(10);
        pace.release(now, 10, false);

        now += 5 * SECOND - 1;
        assertThat(pace.due(now, 10)).isZero();
        now += 1;
        assertThat(pace.due(now, 10)).isEqualTo(10);
    }

    @Test
    void catchesUpOnAtMostTwoSecondsAfterADelay() {
        Pace pace = pace("{recordsPerSecond: 100}");
        now += 3600 * SECOND;

        List<Double> times = run(pace, 1, 1000);

        assertThat(times.size()).isBetween(295, 305);
    }

    @Test
    void startsAgainAfterAPause() {
        Pace pace = pace("{recordsPerSecond: 100}");
        run(pace, 1, 10);
        now += 3600 * SECOND;
        pace.pause(now);

        assertThat(run(pace, 1, 10).size()).isBetween(96, 100);
    }

    @Test
    void waitsOnlyAfterTheLastRecordOfABatch() {
        Pace pace = pace("{delayBetweenBatches: 250ms}");
        pace.release(now, 10, false);
        assertThat(pace.due(now, 10)).isEqualTo(10);

        pace.release(now, 10, true);

        assertThat(pace.due(now + 249_999_999, 10)).isZero();
        assertThat(pace.waitNanos(now, 10)).isEqualTo(250_000_000);
        assertThat(pace.due(now + 250_000_000, 10)).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {recordsPerSecond: 12.5}                                          | 45000
            {burst: {every: 7s, records: 3}}                                  | 1545
            {ramp: {from: 0, to: 100, over: 30m}}                             | 270000
            {ramp: {from: 200, to: 20, over: 2h}}                             | 558000
            {steps: {from: 10, to: 50, by: 15, every: 10m}}                   | 135000
            {steps: {from: 50, to: 10, by: 15, every: 10m}}                   | 81000
            {sine: {mean: 50, amplitude: 50, period: 40m}}                    | 218197.19
            {daily: {points: {"09:00": 100, "09:30": 200, "10:00": 0}}}       | 450000
            {daily: {zone: "+01:00", points: {"06:00": 10, "18:00": 130}}}    | 198000
            {cron: {expression: "*/15 * * * *", records: 1000}}               | 4000
            {cron: {expression: "30 0/20 * * * ?", records: 7}}               | 21
            {phases: [{recordsPerSecond: 10, duration: 20m}, {ramp: {from: 10, to: 30, over: 20m}, duration: 20m}, {sine: {mean: 20, amplitude: 5, period: 10m}}]} | 60000
            """)
    void emitsWhatTheFormulaOfAShapeSaysInAnHour(String yaml, double expected) {
        // an hour less a moment, because a burst at the end belongs to the next hour
        long emitted = count(pace(yaml), 3600 - 1e-6, 1000);

        assertThat((double) emitted).isCloseTo(expected, within(Math.max(1, 0.001 * expected)));
    }

    @Test
    void runsThroughPhases() {
        Pace pace = pace("""
                {phases: [{records: 100000}, {recordsPerSecond: 50, duration: 10m}, {recordsPerSecond: 10, until: "09:30"},
                          {recordsPerSecond: 100, duration: 5m}]}""");

        List<Double> times = run(pace, 7200, 1000);

        assertThat(times).hasSize(100_000 + 50 * 600 + 10 * 1200 + 100 * 300);
        assertThat(times.get(99_999)).isZero();
        assertThat(times.get(times.size() - 1)).isCloseTo(2100, within(0.1));
    }

    @Test
    void skipsThePhasesThatAnEarlierRunCompleted() {
        String yaml = "{phases: [{records: 1000}, {recordsPerSecond: 50, duration: 10m}, {records: 5}]}";

        assertThat(run(pace(yaml, 900), 7200, 1000)).hasSize(100 + 30_000 + 5);
        List<Double> times = run(pace(yaml, 1000 + 50 * 540), 7200, 1000);

        assertThat(times).hasSize(3000 + 5);
        assertThat(times.get(times.size() - 1)).as("one of ten minutes is left").isCloseTo(60, within(0.1));
    }

    @Test
    void standsStillInAPauseUnlessItFollowsTheTimeOfDay() {
        Pace ramp = pace("{ramp: {from: 0, to: 100, over: 100s}}");
        run(ramp, 50, 1000);
        pauseForAnHour(ramp);
        assertThat(run(ramp, 50, 1000).size()).isBetween(3745, 3755);

        Pace daily = pace("{daily: {points: {\"10:00\": 0, \"12:00\": 200}}}");
        pauseForAnHour(daily);
        double from = (now - START) / 1e9 - 3600;
        assertThat((double) run(daily, 60, 1000).size()).isCloseTo(60 * (from + 30) / 36, within(5.0));
    }

    private void pauseForAnHour(Pace pace) {
        pace.pause(now);
        now += 1800 * SECOND;
        pace.pause(now);
        now += 1800 * SECOND;
        pace.pause(now);
    }

    @Test
    void reportsTheRateThatIsMeant() {
        assertThat(pace("{}").target(now)).isEmpty();
        Pace ramp = pace("{ramp: {from: 0, to: 100, over: 100s}}");
        assertThat(ramp.target(now)).hasValue(0);
        now += 50 * SECOND;
        assertThat(ramp.target(now)).hasValue(47.5);
    }

    private Pace pace(String yaml) {
        return pace(yaml, 0);
    }

    private Pace pace(String yaml, long position) {
        return Pace.starting(PaceDefinition.parse(Optional.of(new DefinitionNode("pace", Definitions.yaml(yaml))),
                new SourceDefinition.OfPattern(0)), now, clock.now(), position);
    }
}
