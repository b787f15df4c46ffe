package io.freshet.model.gan;

import io.freshet.model.gan.NetworkLayout.Span;
import io.freshet.stats.Draws;

/**
 * The activations of the generator's output: tanh for the position within a mode, and the Gumbel softmax for the mode (Jang,
 * Gu,
 * Poole, <i>Categorical reparameterization with Gumbel-softmax</i>, ICLR 2017, arXiv:1611.01144). Stateless.
 */
final class OutputActivation {

    private static final float TEMPERATURE = .2f;

    private final NetworkLayout layout;

    OutputActivation(NetworkLayout layout) {
        this.layout = layout;
    }

    /** Activates one row. */
    void forward(float[] logits, float[] activated, Draws noise) {
        for (Span span : layout.spans()) {
            if (span.offset() != NetworkLayout.NONE) {
                activated[span.offset()] = (float) Elementary.tanh(logits[span.offset()]);
            }
            for (int j = span.first(); j < span.first() + span.modes(); j++) {
                activated[j] = (logits[j] + Elementary.gumbel(noise.uniform())) / TEMPERATURE;
            }
            softmax(activated, span.first(), span.modes());
        }
    }

    /** Replaces some numbers by their softmax. */
    static void softmax(float[] x, int from, int size) {
        float max = Float.NEGATIVE_INFINITY;
        for (int j = from; j < from + size; j++) {
            max = Math.max(max, x[j]);
        }
        double sum = 0;
        for (int j = from; j < from + size; j++) {
            x[j] = (float) Elementary.exp(x[j] - max);
            sum += x[j];
        }
        float scale = (float) (1 / sum);
        for (int j = from; j < from + size; j++) {
            x[j] *= scale;
        }
    }

    /** Turns the gradient for the activated row into the gradient for the logits. */
    void backward(float[] activated, float[] gradient) {
        for (Span span : layout.spans()) {
            int offset = span.offset();
            if (offset != NetworkLayout.NONE) {
                gradient[offset] *= 1 - activated[offset] * activated[offset];
            }
            float dot = 0;
            for (int j = span.first(); j < span.first() + span.modes(); j++) {
                dot += gradient[j] * activated[j];
            }
            for (int j = span.first(); j < span.first() + span.modes(); j++) {
                gradient[j] = activated[j] * (gradient[j] - dot) / TEMPERATURE;
            }
        }
    }

    /**
     * Adds the gradient of the cross-entropy between the modes of a column and the mode that the condition asked for.
     *
     * @param weight the factor of the loss
     * @param probabilities working memory of a row
     * @return the cross-entropy, times the factor
     */
    static double addCrossEntropy(float[] logits, Span span, int mode, float weight, float[] probabilities, float[] gradient) {
        System.arraycopy(logits, span.first(), probabilities, 0, span.modes());
        softmax(probabilities, 0, span.modes());
        for (int j = 0; j < span.modes(); j++) {
            gradient[span.first() + j] += weight * (probabilities[j] - (j == mode ? 1 : 0));
        }
        return -weight * Elementary.log(Math.max(probabilities[mode], Float.MIN_NORMAL));
    }
}
