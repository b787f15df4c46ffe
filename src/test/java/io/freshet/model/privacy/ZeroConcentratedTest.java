package io.freshet.model.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Reference values from cdp2adp.py, the code that accompanies Canonne, Kamath and Steinke (2020). */
class ZeroConcentratedTest {

    @Test
    void epsilonAndDeltaAllowAsMuchLossAsTheReferenceSays() {
        assertThat(ZeroConcentrated.rho(.1, 1e-9)).isCloseTo(0.00017713844718502086, within(1e-12));
        assertThat(ZeroConcentrated.rho(1, 1e-9)).isCloseTo(0.014973057673588523, within(1e-10));
        assertThat(ZeroConcentrated.rho(10, 1e-9)).isCloseTo(1.0907857043970155, within(1e-8));
    }

    @Test
    void aLossImpliesTheEpsilonThatTheReferenceSays() {
        assertThat(ZeroConcentrated.epsilon(.015, 1e-9)).isCloseTo(1.0009389481893836, within(1e-8));
        assertThat(ZeroConcentrated.epsilon(0, 1e-9)).isZero();
    }

    @Test
    void theConversionsAreInverse() {
        for (double epsilon : new double[] { .01, .5, 3, 40 }) {
            for (double delta : new double[] { 1e-12, 1e-6, .01 }) {
                double rho = ZeroConcentrated.rho(epsilon, delta);
                assertThat(ZeroConcentrated.epsilon(rho, delta)).isCloseTo(epsilon, within(1e-6 * epsilon));
                assertThat(ZeroConcentrated.delta(rho, epsilon)).isLessThanOrEqualTo(delta);
            }
        }
    }
}
