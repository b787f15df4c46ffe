package io.freshet.model.gan;

import java.util.ArrayList;
import java.util.List;

import io.freshet.stats.Draws;

/**
 * The critic: linear layers with leaky ReLU and dropout, and a linear layer to one score. Each of its inputs is a pack of rows
 * (Lin, Khetan, Fanti, Oh, <i>PacGAN</i>, NeurIPS 2018, arXiv:1712.04086). It holds the activations of one batch of packs for
 * the backward passes. Mutable; not thread-safe.
 *
 * <p>
 * With M the diagonal matrix of the slopes of a layer (leaky ReLU times dropout), the gradient of the score for the input is
 * g = M₁-weighted products e₁ · W₁ᵀ, eₗ = Mₗ (eₗ₊₁ · Wₗ₊₁ᵀ), which is linear in each W almost everywhere. The gradient of a
 * function of g therefore needs one pass forwards: f₀ = dP/dg, fₗ = Mₗ (fₗ₋₁ · Wₗ), dP/dWₗ = fₗ₋₁ᵀ · eₗ. It has no part in the
 * biases.
 */
final class Critic {

    private static final float LEAK = .2f;
    /** What remains after dropout is doubled, so that its expectation is unchanged. */
    private static final float KEPT = 2;

    private final List<DenseLayer> layers = new ArrayList<>();
    private final DenseLayer last;
    private final int packs;
    private final float[][] input;
    /** The activations of each hidden layer by pack. */
    private final List<float[][]> activations = new ArrayList<>();
    private final List<float[][]> slopes = new ArrayList<>();
    private final List<float[][]> gradients = new ArrayList<>();
    private final List<float[][]> forwards = new ArrayList<>();
    private final float[][] inputGradient;
    private final float[][] penaltyGradient;
    private final float[][] scores;
    private final float[][] scoreGradients;

    /**
     * @param inputs the width of a pack
     * @param hidden the widths of the hidden layers, at least one
     * @param packs the number of packs in a batch
     */
    Critic(int inputs, List<Integer> hidden, int packs, Draws draws) {
        this.packs = packs;
        this.input = Matrices.create(packs, inputs);
        int width = inputs;
        for (int size : hidden) {
            layers.add(new DenseLayer(width, size, draws));
            for (List<float[][]> memory : List.of(activations, slopes, gradients, forwards)) {
                memory.add(Matrices.create(packs, size));
            }
            width = size;
        }
        this.last = new DenseLayer(width, 1, draws);
        this.inputGradient = Matrices.create(packs, inputs);
        this.penaltyGradient = Matrices.create(packs, inputs);
        this.scores = Matrices.create(packs, 1);
        this.scoreGradients = Matrices.create(packs, 1);
    }

    List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>();
        layers.forEach(layer -> all.addAll(layer.parameters()));
        all.addAll(last.parameters());
        return all;
    }

    List<DenseLayer> layers() {
        List<DenseLayer> all = new ArrayList<>(layers);
        all.add(last);
        return all;
    }

    /** Returns the packs, which the caller fills before {@link #forward}. */
    float[][] input() {
        return input;
    }

    /** Returns the gradient of the latest backward pass for the input, by pack. */
    float[][] inputGradient() {
        return inputGradient;
    }

    /**
     * Scores the packs.
     *
     * @param dropout draws which activations are dropped, half of them; its words are used in the order of packs and layers
     * @return the mean score
     */
    double forward(Draws dropout, Workers workers) {
        float[][] from = input;
        for (int l = 0; l < layers.size(); l++) {
            float[][] to = activations.get(l);
            layers.get(l).forward(from, to, packs, workers);
            for (int i = 0; i < packs; i++) {
                activate(to[i], slopes.get(l)[i], dropout);
            }
            from = to;
        }
        last.forward(from, scores, packs, workers);
        double sum = 0;
        for (float[] score : scores) {
            sum += score[0];
        }
        return sum / packs;
    }

    private static void activate(float[] x, float[] slope, Draws dropout) {
        long bits = 0;
        for (int j = 0; j < x.length; j++) {
            bits = (j & (Long.SIZE - 1)) == 0 ? dropout.word() : bits >>> 1;
            slope[j] = (bits & 1) == 0 ? 0 : x[j] > 0 ? KEPT : LEAK * KEPT;
            x[j] *= slope[j];
        }
    }

    /** Adds the gradients of the parameters for a loss of {@code factor} times the mean score. */
    void backward(double factor, Workers workers) {
        fillScoreGradients((float) (factor / packs));
        last.addGradients(activations.get(layers.size() - 1), scoreGradients, packs, workers);
        throughLayers(workers);
        for (int l = layers.size() - 1; l >= 0; l--) {
            layers.get(l).addGradients(l == 0 ? input : activations.get(l - 1), gradients.get(l), packs, workers);
        }
    }

    /** Computes the gradient of {@code factor} times the mean score for the input. */
    void backwardToInput(double factor, Workers workers) {
        fillScoreGradients((float) (factor / packs));
        throughLayers(workers);
        layers.get(0).backward(gradients.get(0), inputGradient, packs, workers);
    }

    private void fillScoreGradients(float each) {
        for (float[] gradient : scoreGradients) {
            gradient[0] = each;
        }
    }

    private void throughLayers(Workers workers) {
        for (int l = layers.size() - 1; l >= 0; l--) {
            DenseLayer above = l == layers.size() - 1 ? last : layers.get(l + 1);
            above.backward(l == layers.size() - 1 ? scoreGradients : gradients.get(l + 1), gradients.get(l), packs, workers);
            multiply(gradients.get(l), slopes.get(l));
        }
    }

    private void multiply(float[][] x, float[][] by) {
        for (int i = 0; i < packs; i++) {
            for (int j = 0; j < x[i].length; j++) {
                x[i][j] = x[i][j] * by[i][j];
            }
        }
    }

    /**
     * Adds the gradients of the penalty {@code weight} · mean (‖g‖ − 1)², where g is the gradient of the score for a pack of
     * the latest forward pass (Gulrajani and others, <i>Improved training of Wasserstein GANs</i>, NeurIPS 2017,
     * arXiv:1704.00028).
     *
     * @return the penalty
     */
    double penalise(double weight, Workers workers) {
        fillScoreGradients(1);
        throughLayers(workers);
        layers.get(0).backward(gradients.get(0), inputGradient, packs, workers);
        double penalty = 0;
        for (int i = 0; i < packs; i++) {
            penalty += penalty(inputGradient[i], penaltyGradient[i], weight / packs);
        }
        float[][] from = penaltyGradient;
        for (int l = 0; l < layers.size(); l++) {
            layers.get(l).addWeightGradients(from, gradients.get(l), packs, workers);
            layers.get(l).forwardWithoutBias(from, forwards.get(l), packs, workers);
            multiply(forwards.get(l), slopes.get(l));
            from = forwards.get(l);
        }
        last.addWeightGradients(from, scoreGradients, packs, workers);
        return penalty;
    }

    /** Writes the gradient of weight · (‖g‖ − 1)² for g, and returns its value. */
    private static double penalty(float[] g, float[] gradient, double weight) {
        double squares = 0;
        for (float each : g) {
            squares += (double) each * each;
        }
        double norm = Math.sqrt(squares);
        float factor = (float) (norm > 0 ? 2 * weight * (norm - 1) / norm : 0);
        for (int j = 0; j < g.length; j++) {
            gradient[j] = factor * g[j];
        }
        return weight * (norm - 1) * (norm - 1);
    }
}
