package io.freshet.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class NormalTest {

    private static final NormalDistribution REFERENCE = NormalDistribution.of(0, 1);

    @Test
    void densityAndCumulativeAgreeWithTheReference() {
        for (double z = -37; z <= 37; z += .0625) {
            assertThat(Normal.cumulative(z)).isCloseTo(REFERENCE.cumulativeProbability(z),
                    within(4e-16 * (20 + z * z) * REFERENCE.cumulativeProbability(z)));
            assertThat(Normal.density(z)).isCloseTo(REFERENCE.density(z), within(4e-16 * (20 + z * z) * REFERENCE.density(z)));
        }
        assertThat(Normal.cumulative(-40)).isZero();
        assertThat(Normal.cumulative(40)).isEqualTo(1);
        assertThat(Normal.cumulative(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(Normal.cumulative(Double.POSITIVE_INFINITY)).isEqualTo(1);
    }

    @Test
    void inverseAgreesWithTheReference() {
        for (double p : new double[] { 1e-300, 1e-100, 1e-20, 1e-9, 1e-4, .01, .074, .076, .3, .5, .7, .925, .99, 1 - 1e-9 }) {
            double z = REFERENCE.inverseCumulativeProbability(p);
            assertThat(Normal.inverse(p)).isCloseTo(z, within(2e-14 * Math.max(1, Math.abs(z))));
        }
        assertThat(Normal.inverse(0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Normal.inverse(1)).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void aWordIsTheQuantileOfItsTailProbability() {
        for (int octave = 1; octave < 63; octave++) {
            for (long step = 0; step < 40; step++) {
                long magnitude = (1L << octave) + step * ((1L << octave) / 41 + 1);
                if (magnitude < 0) {
                    continue;
                }
                double z = Normal.inverse((magnitude | 1) * 0x1p-64);
                assertThat(Normal.ofWord(magnitude)).isCloseTo(z, within(4e-10));
                assertThat(Normal.ofWord(magnitude | Long.MIN_VALUE)).isEqualTo(-Normal.ofWord(magnitude));
            }
        }
        assertThat(Normal.ofWord(0)).isCloseTo(-9.08, within(.02));
        assertThat(Normal.ofWord(Long.MAX_VALUE)).isZero();
    }

    @Test
    void wordsOfPhiloxAreNormallyDistributed() {
        int n = 200_000;
        long[] words = new long[2];
        double[] z = new double[n];
        double[] moments = new double[5];
        for (int i = 0; i < n; i++) {
            Philox.words(i, 0, 0, 5, words);
            z[i] = Normal.ofWord(words[0]);
            double power = 1;
            for (int k = 1; k <= 4; k++) {
                power *= z[i];
                moments[k] += power / n;
            }
        }
        java.util.Arrays.sort(z);
        double distance = 0;
        for (int i = 0; i < n; i++) {
            distance = Math.max(distance, Math.abs(Normal.cumulative(z[i]) - (i + .5) / n));
        }
        assertThat(distance).as("Kolmogorov-Smirnov, passed once in a thousand seeds").isLessThan(1.95 / Math.sqrt(n));
        assertThat(moments[1]).isCloseTo(0, within(.01));
        assertThat(moments[2]).isCloseTo(1, within(.015));
        assertThat(moments[4]).isCloseTo(3, within(.1));
    }
}
