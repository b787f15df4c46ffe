package io.freshet.model.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RakingTest {

    private static double[] average(double[] laws, double[] weights, double[] tilt) {
        double[] average = new double[tilt.length];
        for (int leaf = 0; leaf < weights.length; leaf++) {
            double sum = 0;
            for (int code = 0; code < tilt.length; code++) {
                sum += laws[leaf * tilt.length + code] * tilt[code];
            }
            for (int code = 0; code < tilt.length; code++) {
                average[code] += weights[leaf] * laws[leaf * tilt.length + code] * tilt[code] / sum;
            }
        }
        return average;
    }

    @Test
    void tiltedLawsHaveTheSharesThatAreWanted() {
        double[] laws = { .7, .2, .1, .1, .1, .8, .3, .4, .3 };
        double[] weights = { .5, .3, .2 };
        double[] shares = { .35, .25, .4 };

        double[] tilt = Raking.tilt(laws, weights, shares);

        assertThat(average(laws, weights, tilt)).containsExactly(shares, within(2e-5));
    }

    @Test
    void lawsThatAreRightAreLeftAlone() {
        double[] laws = { .5, .5, 0, 1 };

        assertThat(Raking.tilt(laws, new double[] { .5, .5 }, new double[] { .25, .75 })).containsExactly(1, 1);
    }

    @Test
    void aCodeThatNoReachedLeafHasKeepsItsFactor() {
        double[] laws = { 1, 0, 0, 1 };

        assertThat(Raking.tilt(laws, new double[] { 1, 0 }, new double[] { .5, .5 })[1]).isEqualTo(1);
    }
}
