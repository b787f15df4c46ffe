package io.freshet.model.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class ExactSamplerTest {

    private static final int DRAWS = 40_000;
    private static final int REACH = 12;

    private final ExactSampler sampler = new ExactSampler(NoiseSource.seeded(7));

    @Test
    void gaussianNoiseHasTheProbabilitiesOfItsDefinition() {
        for (double variance : new double[] { .3, 2.5, 9 }) {
            double[] expected = IntStream.rangeClosed(-REACH, REACH).mapToDouble(x -> Math.exp(-x * x / (2 * variance)))
                    .toArray();
            int[] counts = new int[2 * REACH + 1];
            for (int i = 0; i < DRAWS; i++) {
                counts[(int) Math.max(0, Math.min(2 * REACH, REACH + sampler.gaussian(Rational.atLeast(variance))))]++;
            }
            assertFits(counts, expected);
        }
    }

    @Test
    void largeNoiseHasItsVariance() {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < DRAWS; i++) {
            double noise = sampler.gaussian(Rational.atLeast(1e10));
            sum += noise / 1e5;
            squares += noise * noise / 1e10;
        }
        assertThat(sum / DRAWS).isCloseTo(0, within(5 / Math.sqrt(DRAWS)));
        assertThat(squares / DRAWS).isCloseTo(1, within(5 * Math.sqrt(2.0 / DRAWS)));
    }

    @Test
    void laplaceNoiseHasTheProbabilitiesOfItsDefinition() {
        double[] expected = IntStream.rangeClosed(-REACH, REACH).mapToDouble(x -> Math.exp(-Math.abs(x) / 1.5)).toArray();
        int[] counts = new int[2 * REACH + 1];
        Rational scale = new Rational(BigInteger.valueOf(3), BigInteger.TWO);
        for (int i = 0; i < DRAWS; i++) {
            int noise = sampler.laplace(scale).intValue();
            counts[Math.max(0, Math.min(2 * REACH, REACH + noise))]++;
        }
        assertFits(counts, expected);
    }

    @Test
    void theExponentialMechanismPrefersHighScoresAsMuchAsEpsilonSays() {
        long[] scores = { 40, 43, 43, 30 };
        double[] expected = IntStream.range(0, 4).mapToDouble(i -> Math.exp(.5 * scores[i] / 2)).toArray();
        int[] counts = new int[4];
        for (int i = 0; i < DRAWS; i++) {
            counts[sampler.exponential(scores, Rational.atMost(.5))]++;
        }
        assertFits(counts, expected);
    }

    @Test
    void secureNoiseDoesNotRepeatItself() {
        long first = NoiseSource.secure().next();

        assertThat(NoiseSource.secure().next()).isNotEqualTo(first);
        assertThat(NoiseSource.seeded(1).next()).isEqualTo(NoiseSource.seeded(1).next())
                .isNotEqualTo(NoiseSource.seeded(2).next());
    }

    /** Pearson's test; the normal approximation of its distribution at five standard deviations. */
    private static void assertFits(int[] counts, double[] weights) {
        double all = IntStream.range(0, weights.length).mapToDouble(i -> weights[i]).sum();
        double statistic = 0;
        int cells = 0;
        double pooled = 0;
        double pooledExpected = 0;
        for (int i = 0; i < counts.length; i++) {
            double expected = DRAWS * weights[i] / all;
            if (expected >= 10) {
                statistic += Math.pow(counts[i] - expected, 2) / expected;
                cells++;
            } else {
                pooled += counts[i];
                pooledExpected += expected;
            }
        }
        assertThat(pooled).isCloseTo(pooledExpected, within(6 * Math.sqrt(pooledExpected + 1) + 20));
        assertThat(statistic).isLessThan(cells + 5 * Math.sqrt(2.0 * cells));
    }
}
