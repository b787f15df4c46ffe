package io.freshet.model.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.freshet.stats.Draws;

class CriticTest {

    private static final int PACKS = 6;

    private final Workers workers = Workers.of(2);
    private final Critic critic = new Critic(9, List.of(16, 12), PACKS, Draws.of(1, 0, 0, 1));

    CriticTest() {
        Gradients.fill(critic.input(), Draws.of(2, 0, 0, 1));
    }

    @AfterEach
    void close() {
        workers.close();
    }

    private double score() {
        return critic.forward(Draws.of(3, 0, 0, 1), workers);
    }

    @Test
    void gradientsOfTheScoreAreItsDifferences() {
        score();
        critic.backward(1, workers);
        Gradients.check(critic.parameters(), this::score);
    }

    @Test
    void theGradientOfTheInputIsTheDifferenceOfTheScore() {
        score();
        critic.backwardToInput(1, workers);
        Gradients.check("input", critic.input(), critic.inputGradient(), this::score);
    }

    @Test
    void theSecondDerivativesOfThePenaltyAreItsDifferences() {
        score();
        critic.penalise(10, workers);
        List<float[][]> gradients = critic.parameters().stream()
                .map(parameter -> java.util.Arrays.stream(parameter.gradient()).map(float[]::clone).toArray(float[][]::new))
                .toList();
        for (int p = 0; p < gradients.size(); p++) {
            Gradients.check("parameter " + p, critic.parameters().get(p).value(), gradients.get(p), () -> {
                score();
                return critic.penalise(10, workers);
            });
        }
    }

    @Test
    void thePenaltyIsThatOfTheNormsOfTheInputGradients() {
        score();
        critic.backwardToInput(PACKS, workers);
        double expected = 0;
        for (float[] gradient : critic.inputGradient()) {
            double squares = 0;
            for (float each : gradient) {
                squares += each * each;
            }
            expected += 10 * (Math.sqrt(squares) - 1) * (Math.sqrt(squares) - 1) / PACKS;
        }
        assertThat(critic.penalise(10, workers)).isCloseTo(expected, within(1e-5)).isPositive();
    }
}
