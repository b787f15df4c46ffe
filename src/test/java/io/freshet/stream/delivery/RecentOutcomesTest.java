package io.freshet.stream.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;

import org.junit.jupiter.api.Test;

class RecentOutcomesTest {

    /** Monotonic clocks may be negative. */
    private static final long BEGIN = -7_000_000_000L;
    private static final long SLOW = Duration.ofSeconds(8).toNanos();

    private final RecentOutcomes outcomes = new RecentOutcomes(BEGIN);

    @Test
    void failuresBeforeARecoveryDecayWithoutDeliveries() {
        for (int i = 0; i < 100; i++) {
            outcomes.failed(at(0));
        }
        outcomes.settled(at(1), SLOW, 0);

        assertThat(outcomes.errorRate(at(60))).isCloseTo(0.99, within(0.001));
        assertThat(outcomes.latencySeconds(at(60))).isCloseTo(8, within(1e-9));
        assertThat(outcomes.errorRate(at(61))).isZero();
        assertThat(outcomes.latencySeconds(at(61))).isZero();
    }

    @Test
    void aSinkThatRefusesEverythingForAMinuteIsKnownUntilItAcceptsARecord() {
        outcomes.records(at(0), 500, 0);
        outcomes.records(at(1), 0, 19);
        assertThat(outcomes.isAllRefused(at(1))).isFalse();

        outcomes.records(at(2), 0, 1);
        assertThat(outcomes.isAllRefused(at(2))).isTrue();
        assertThat(outcomes.isAllRefused(at(62))).isFalse();

        outcomes.records(at(3), 1, 499);
        assertThat(outcomes.isAllRefused(at(3))).isFalse();
    }

    @Test
    void decayedFailuresDoNotReturnWithTheNextDelivery() {
        for (int i = 0; i < 100; i++) {
            outcomes.failed(at(0));
        }
        outcomes.settled(at(1), SLOW, 0);
        outcomes.settled(at(70), 0, 0);

        assertThat(outcomes.errorRate(at(70))).isZero();
        assertThat(outcomes.latencySeconds(at(70))).isZero();
    }

    @Test
    void aFailedDeliveryThatIsRetriedDoesNotDecay() {
        outcomes.failed(at(0));

        assertThat(outcomes.errorRate(at(300))).isEqualTo(1);
        outcomes.settled(at(300), 0, 0);
        assertThat(outcomes.errorRate(at(300))).isLessThan(0.05);
    }

    @Test
    void isZeroBeforeTheFirstDelivery() {
        assertThat(outcomes.errorRate(at(0))).isZero();
        assertThat(outcomes.latencySeconds(at(100))).isZero();
    }

    private static long at(int second) {
        return BEGIN + Duration.ofSeconds(second).toNanos();
    }
}
