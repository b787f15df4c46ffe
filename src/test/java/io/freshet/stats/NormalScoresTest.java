package io.freshet.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;

import org.junit.jupiter.api.Test;

class NormalScoresTest {

    @Test
    void twoHalvesScoreTheMeanOfHalfANormal() {
        NormalScores scores = NormalScores.of(new double[] { 5, 5 });
        assertThat(scores.score(1)).isCloseTo(Math.sqrt(2 / Math.PI), within(1e-14));
        assertThat(scores.score(0)).isCloseTo(-Math.sqrt(2 / Math.PI), within(1e-14));
        assertThat(scores.variance()).isCloseTo(2 / Math.PI, within(1e-14));
    }

    /** Two halved normals with correlation ρ have the score correlation (2/π) asin ρ (Sheppard 1899); the test inverts this. */
    @Test
    void undoesTheAttenuationOfTwoHalves() {
        NormalScores halves = NormalScores.of(new double[] { 1, 1 });
        for (double rho : new double[] { -.9, -.5, 0, .3, .8 }) {
            assertThat(halves.latentCorrelation(halves, 2 / Math.PI * Math.asin(rho))).isCloseTo(rho, within(.01));
        }
    }

    @Test
    void manyEqualValuesAreAlmostUnattenuated() {
        double[] masses = new double[1000];
        Arrays.fill(masses, 1);
        NormalScores fine = NormalScores.of(masses);
        assertThat(fine.variance()).isCloseTo(1, within(.01));
        assertThat(fine.latentCorrelation(fine, .6)).isCloseTo(.6, within(.005));
    }

    @Test
    void staysWithinTheLimitsWhateverIsObserved() {
        NormalScores skewed = NormalScores.of(new double[] { 99, 1 });
        NormalScores even = NormalScores.of(new double[] { 1, 1 });
        assertThat(skewed.latentCorrelation(even, 1)).isEqualTo(.999999);
        assertThat(skewed.latentCorrelation(even, -1)).isEqualTo(-.999999);
    }
}
