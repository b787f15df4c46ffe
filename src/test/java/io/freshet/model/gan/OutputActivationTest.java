package io.freshet.model.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import io.freshet.model.SampleTables;
import io.freshet.model.tree.CodesFitter;
import io.freshet.model.tree.TreeOptions;
import io.freshet.stats.Draws;
import io.freshet.table.TableSample;

class OutputActivationTest {

    private static final NetworkLayout LAYOUT = layout();

    private static NetworkLayout layout() {
        TableSample sample = SampleTables.mixed(500);
        CodesFitter codes = new CodesFitter(sample, TreeOptions.defaults());
        return NetworkLayout.of(java.util.stream.IntStream.range(0, sample.schema().size())
                .mapToObj(c -> ColumnModes.of(codes.fit(c), sample.rows().vector(c), sample.rows().size())).toList());
    }

    @Test
    void gradientsAreTheDifferencesOfTheLoss() {
        float[][] logits = Matrices.create(1, LAYOUT.width());
        float[][] gradient = Matrices.create(1, LAYOUT.width());
        Gradients.fill(logits, Draws.of(1, 0, 0, 1));
        Gradients.fill(gradient, Draws.of(2, 0, 0, 1));
        float[] factors = gradient[0].clone();
        float[] activated = new float[LAYOUT.width()];
        OutputActivation activation = new OutputActivation(LAYOUT);
        activation.forward(logits[0], activated, Draws.of(3, 0, 0, 1));
        activation.backward(activated, gradient[0]);
        Gradients.check("logits", logits, gradient, () -> {
            activation.forward(logits[0], activated, Draws.of(3, 0, 0, 1));
            double sum = 0;
            for (int j = 0; j < factors.length; j++) {
                sum += factors[j] * activated[j];
            }
            return sum;
        });
    }

    @Test
    void theGradientOfTheCrossEntropyIsItsDifference() {
        NetworkLayout.Span span = LAYOUT.conditional().get(0);
        float[][] logits = Matrices.create(1, LAYOUT.width());
        Gradients.fill(logits, Draws.of(1, 0, 0, 1));
        float[][] gradient = Matrices.create(1, LAYOUT.width());
        float[] memory = new float[LAYOUT.width()];
        OutputActivation.addCrossEntropy(logits[0], span, 1, .5f, memory, gradient[0]);
        Gradients.check("logits", logits, gradient,
                () -> OutputActivation.addCrossEntropy(logits[0], span, 1, .5f, memory, new float[LAYOUT.width()]));
    }

    @Test
    void theModesOfAColumnAddUpToOne() {
        float[] activated = new float[LAYOUT.width()];
        new OutputActivation(LAYOUT).forward(new float[LAYOUT.width()], activated, Draws.of(3, 0, 0, 1));
        for (NetworkLayout.Span span : LAYOUT.spans()) {
            double sum = 0;
            for (int j = 0; j < span.modes(); j++) {
                sum += activated[span.first() + j];
            }
            assertThat(sum).isCloseTo(1, within(1e-5));
        }
    }
}
