package io.freshet.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class NormalTest {

    private static final NormalDistribution REFERENCE = NormalDistribution.of(0, 1);

    @Test
    void agreesWithTheReference() {
        for (double z = -12; z <= 8; z += 0.0625) {
            double p = REFERENCE.cumulativeProbability(z);
            assertThat(Normal.cumulative(z)).isCloseTo(p, within(1e-13 * p + 1e-300));
            assertThat(Normal.density(z)).isCloseTo(REFERENCE.density(z), within(1e-14));
            if (p < 1 - 1e-9) {
                assertThat(Normal.inverse(p)).isCloseTo(z, within(1e-9 * Math.max(1, Math.abs(z))));
            }
        }
        assertThat(Normal.inverse(0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Normal.inverse(1)).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void wordsBecomeQuantiles() {
        for (long k = 1; k < 10_000; k++) {
            long word = Permutation.mix(k);
            double tail = (word & Long.MAX_VALUE) * 0x1p-64;
            double expected = (word < 0 ? -1 : 1) * REFERENCE.inverseCumulativeProbability(tail);
            assertThat(Normal.ofWord(word)).isCloseTo(expected, within(1e-9));
        }
    }

    @Test
    void truncatedQuantilesStayInside() {
        double[][] intervals = { { -1, 2 }, { 5, 6 }, { 30, 31 }, { -40, -39 }, { 2, Double.POSITIVE_INFINITY },
                { Double.NEGATIVE_INFINITY, -9 } };
        for (double[] interval : intervals) {
            double before = Double.NEGATIVE_INFINITY;
            for (double u = .01; u < 1; u += .01) {
                double z = TruncatedNormal.quantile(interval[0], interval[1], u);
                assertThat(z).isBetween(interval[0], interval[1]).isGreaterThanOrEqualTo(before);
                before = z;
            }
        }
        assertThat(TruncatedNormal.logProbability(-1, 2)).isCloseTo(Math.log(REFERENCE.probability(-1, 2)), within(1e-12));
        // ln Q(10) from Abramowitz and Stegun 26.2.12 evaluated with mpmath: -53.2312851505
        assertThat(TruncatedNormal.logProbability(10, Double.POSITIVE_INFINITY)).isCloseTo(-53.2312851505, within(1e-6));
    }

    @Test
    void permutationsAreOneToOne() {
        for (long size : new long[] { 1, 2, 10, 1000, 4097 }) {
            Permutation permutation = Permutation.of(size, 42);
            long distinct = java.util.stream.LongStream.range(0, size).map(permutation::apply).filter(x -> x >= 0 && x < size)
                    .distinct().count();
            assertThat(distinct).isEqualTo(size);
        }
    }

    @Test
    void theNearestCorrelationMatrixIsPositiveDefinite() {
        double[][] impossible = { { 1, .9, -.9 }, { .9, 1, .9 }, { -.9, .9, 1 } };
        double[][] nearest = Correlations.nearest(impossible, 1e-4);
        double[][] lower = Correlations.cholesky(nearest);
        for (int i = 0; i < 3; i++) {
            assertThat(nearest[i][i]).isEqualTo(1);
            for (int j = 0; j < 3; j++) {
                double product = 0;
                for (int k = 0; k < 3; k++) {
                    product += lower[i][k] * lower[j][k];
                }
                assertThat(product).isCloseTo(nearest[i][j], within(1e-12));
            }
        }
    }
}
