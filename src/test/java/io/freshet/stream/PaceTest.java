package io.freshet.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

class PaceTest {

    private static final long SECOND = 1_000_000_000L;

    private long now = 123_456_789L;

    /** Goes as the stream does, with an endless supply; the times at which records went, in seconds. */
    private List<Double> run(Pace pace, double seconds, int wanted) {
        List<Double> times = new ArrayList<>();
        long begun = now;
        while (now - begun < seconds * SECOND) {
            int due = pace.due(now, wanted);
            if (due == 0) {
                now += pace.waitNanos(now, wanted);
            } else {
                pace.release(now, due, false);
                for (int i = 0; i < due; i++) {
                    times.add((now - begun) / (double) SECOND);
                }
            }
        }
        return times;
    }

    @Test
    void keepsAnyRateOverAMinute() {
        for (double rate : new double[] { 0.1, 0.5, 1, 7, 33.3, 1000, 12_345, 250_000 }) {
            List<Double> times = run(pace("{recordsPerSecond: " + rate + "}"), 60, 2000);

            assertThat((double) times.size()).as("records at %s/s", rate).isCloseTo(60 * rate,
                    within(Math.max(1.001, 0.01 * 60 * rate)));
        }
    }

    @Test
    void letsEverythingGoWithoutARate() {
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
    void keepsRareBurstsOnTimeThoughTheSinkIsSlow() {
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
    void catchesUpOnTwoSecondsAfterAHoldUpAndNotOnHours() {
        Pace pace = pace("{recordsPerSecond: 100}");
        now += 3600 * SECOND;

        List<Double> times = run(pace, 1, 1000);

        assertThat(times.size()).isBetween(295, 305);
    }

    @Test
    void beginsAnewAfterAPause() {
        Pace pace = pace("{recordsPerSecond: 100}");
        run(pace, 1, 10);
        now += 3600 * SECOND;
        pace.resume(now);

        assertThat(run(pace, 1, 10).size()).isBetween(96, 100);
    }

    @Test
    void waitsAfterTheLastRecordOfABatchOnly() {
        Pace pace = pace("{delayBetweenBatches: 250ms}");
        pace.release(now, 10, false);
        assertThat(pace.due(now, 10)).isEqualTo(10);

        pace.release(now, 10, true);

        assertThat(pace.due(now + 249_999_999, 10)).isZero();
        assertThat(pace.waitNanos(now, 10)).isEqualTo(250_000_000);
        assertThat(pace.due(now + 250_000_000, 10)).isEqualTo(10);
    }

    private Pace pace(String yaml) {
        return Pace.starting(PaceDefinition.parse(Optional.of(new DefinitionNode("pace", Definitions.yaml(yaml))),
                new SourceDefinition.OfPattern(0)), now);
    }
}
