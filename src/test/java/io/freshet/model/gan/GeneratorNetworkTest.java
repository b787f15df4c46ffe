package io.freshet.model.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.freshet.stats.Draws;

class GeneratorNetworkTest {

    private static final int ROWS = 12;
    private static final int OUTPUTS = 7;

    private final Workers workers = Workers.of(2);
    private final GeneratorNetwork network = new GeneratorNetwork(5, List.of(10, 8), OUTPUTS, ROWS, Draws.of(1, 0, 0, 1));
    private final float[][] factors = Matrices.create(ROWS, OUTPUTS);

    GeneratorNetworkTest() {
        Gradients.fill(network.input(), Draws.of(2, 0, 0, 1));
        Gradients.fill(factors, Draws.of(3, 0, 0, 1));
    }

    @AfterEach
    void close() {
        workers.close();
    }

    private double loss() {
        network.forward(workers);
        double sum = 0;
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < OUTPUTS; j++) {
                sum += factors[i][j] * network.output()[i][j];
            }
        }
        return sum;
    }

    @Test
    void gradientsAreTheDifferencesOfTheLoss() {
        loss();
        network.backward(factors, workers);
        Gradients.check(network.parameters(), this::loss);
    }

    @Test
    void foldedLayersComputeTheSameAsTheNetworkForItsOwnBatch() {
        loss();
        float[][] input = Arrays.stream(network.input()).map(float[]::clone).toArray(float[][]::new);
        GeneratorWeights weights = network.weights(input, workers);
        float[][] x = input;
        for (GeneratorWeights.Block block : weights.blocks()) {
            GeneratorWeights.Linear folded = block.folded();
            float[][] hidden = Matrices.create(ROWS, folded.bias().length);
            folded.forward(x, hidden, ROWS);
            float[][] next = new float[ROWS][];
            for (int i = 0; i < ROWS; i++) {
                next[i] = Arrays.copyOf(hidden[i], hidden[i].length + x[i].length);
                for (int j = 0; j < hidden[i].length; j++) {
                    next[i][j] = Math.max(0, hidden[i][j]);
                }
                System.arraycopy(x[i], 0, next[i], hidden[i].length, x[i].length);
            }
            x = next;
        }
        float[][] output = Matrices.create(ROWS, OUTPUTS);
        weights.last().forward(x, output, ROWS);
        for (int i = 0; i < ROWS; i++) {
            assertThat(output[i]).containsExactly(network.output()[i], within(1e-4f));
        }
    }
}
