package io.freshet.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class TruncatedNormalTest {

    private static final double INFINITY = Double.POSITIVE_INFINITY;

    @Test
    void logProbabilityAgreesWithTheReference() {
        NormalDistribution reference = NormalDistribution.of(0, 1);
        double[][] intervals = { { -1, 1 }, { -INFINITY, .5 }, { 2, INFINITY }, { 5, 6 }, { -6, -5 }, { 7.9, 8.1 },
                { -.1, 30 } };
        for (double[] interval : intervals) {
            double a = Math.abs(interval[0]) > Math.abs(interval[1]) && interval[1] < 0 ? -interval[1] : interval[0];
            double b = a == interval[0] ? interval[1] : -interval[0];
            double probability = a > 0 ? reference.survivalProbability(a) - reference.survivalProbability(b)
                    : reference.probability(a, b);
            assertThat(TruncatedNormal.logProbability(interval[0], interval[1]))
                    .isCloseTo(Math.log(probability), within(1e-10));
        }
    }

    @Test
    void logProbabilityHoldsFarOut() {
        // Mills' ratio: the tail at 40 is φ(40)/40 · (1 − 1/40² + 3/40⁴ …)
        assertThat(TruncatedNormal.logProbability(40, INFINITY)).isCloseTo(-804.608442013754, within(1e-9));
        assertThat(TruncatedNormal.logProbability(-INFINITY, -40))
                .isEqualTo(TruncatedNormal.logProbability(40, INFINITY));
        assertThat(TruncatedNormal.logProbability(1, 1)).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void quantilesLieInsideAndDivideTheProbability() {
        double[][] intervals = { { -1, 1 }, { 2, INFINITY }, { 5, 5.001 }, { -INFINITY, -9 }, { 30, 31 }, { -50, -45 } };
        for (double[] interval : intervals) {
            double before = interval[0];
            for (double u = .001; u < 1; u += .037) {
                double z = TruncatedNormal.quantile(interval[0], interval[1], u);
                assertThat(z).isBetween(interval[0], interval[1]).isGreaterThanOrEqualTo(before);
                double share = Math.exp(TruncatedNormal.logProbability(interval[0], z)
                        - TruncatedNormal.logProbability(interval[0], interval[1]));
                assertThat(share).as(interval[0] + " to " + interval[1]).isCloseTo(u, within(2e-3));
                before = z;
            }
        }
    }
}
