package io.freshet.model.gan;

import java.util.ArrayList;
import java.util.List;

import io.freshet.stats.Draws;

/**
 * The generator: residual blocks, each of which puts ReLU(BN(x · W + b)) before its own input x, and a linear layer. It holds
 * the activations of one batch for the backward pass. Mutable; not thread-safe.
 */
final class GeneratorNetwork {

    private final List<DenseLayer> layers = new ArrayList<>();
    private final List<BatchNormalisation> norms = new ArrayList<>();
    private final DenseLayer last;
    /** The input of each layer, by layer, row and feature. */
    private final List<float[][]> inputs = new ArrayList<>();
    /** The normalised outputs of each hidden layer. */
    private final List<float[][]> normalised = new ArrayList<>();
    private final List<float[][]> inputGradients = new ArrayList<>();
    private final List<float[][]> hiddenGradients = new ArrayList<>();
    private final List<float[][]> passedGradients = new ArrayList<>();
    private final float[][] output;
    private final int rows;

    /**
     * Creates a generator with random weights.
     *
     * @param inputs the width of the random input and the condition together
     * @param hidden the widths of the residual blocks
     * @param outputs the width of a row
     * @param rows the number of rows of a batch
     */
    GeneratorNetwork(int inputs, List<Integer> hidden, int outputs, int rows, Draws draws) {
        this.rows = rows;
        int width = inputs;
        addInput(width);
        for (int size : hidden) {
            layers.add(new DenseLayer(width, size, draws));
            norms.add(new BatchNormalisation(size));
            normalised.add(Matrices.create(rows, size));
            hiddenGradients.add(Matrices.create(rows, size));
            passedGradients.add(Matrices.create(rows, width));
            width += size;
            addInput(width);
        }
        this.last = new DenseLayer(width, outputs, draws);
        this.output = Matrices.create(rows, outputs);
    }

    private void addInput(int width) {
        inputs.add(Matrices.create(rows, width));
        inputGradients.add(Matrices.create(rows, width));
    }

    List<DenseLayer> layers() {
        List<DenseLayer> all = new ArrayList<>(layers);
        all.add(last);
        return all;
    }

    List<BatchNormalisation> norms() {
        return norms;
    }

    /** Returns the matrix that the caller fills before {@link #forward}: random numbers, then the condition. */
    float[][] input() {
        return inputs.get(0);
    }

    /** Returns the result of {@link #forward}, before the activations of the output. */
    float[][] output() {
        return output;
    }

    List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>();
        for (int l = 0; l < layers.size(); l++) {
            all.addAll(layers.get(l).parameters());
            all.addAll(norms.get(l).parameters());
        }
        all.addAll(last.parameters());
        return all;
    }

    void forward(Workers workers) {
        for (int l = 0; l < layers.size(); l++) {
            forward(l, inputs.get(l), normalised.get(l), inputs.get(l + 1), workers);
        }
        last.forward(inputs.get(layers.size()), output, rows, workers);
    }

    private void forward(int l, float[][] from, float[][] hidden, float[][] to, Workers workers) {
        layers.get(l).forward(from, hidden, from.length, workers);
        norms.get(l).forward(hidden, to, from.length);
        int size = layers.get(l).outputs();
        for (int i = 0; i < from.length; i++) {
            for (int j = 0; j < size; j++) {
                to[i][j] = Math.max(0, to[i][j]);
            }
            System.arraycopy(from[i], 0, to[i], size, from[i].length);
        }
    }

    /** Adds the gradients of the parameters, given the gradient of the output. */
    void backward(float[][] gradient, Workers workers) {
        int end = layers.size();
        last.addGradients(inputs.get(end), gradient, rows, workers);
        last.backward(gradient, inputGradients.get(end), rows, workers);
        for (int l = end - 1; l >= 0; l--) {
            float[][] hidden = hiddenGradients.get(l);
            throughActivation(inputGradients.get(l + 1), inputs.get(l + 1), hidden);
            norms.get(l).backward(normalised.get(l), hidden, rows);
            layers.get(l).addGradients(inputs.get(l), hidden, rows, workers);
            if (l > 0) {
                layers.get(l).backward(hidden, passedGradients.get(l), rows, workers);
                join(inputGradients.get(l + 1), passedGradients.get(l), inputGradients.get(l));
            }
        }
    }

    private void throughActivation(float[][] gradient, float[][] activated, float[][] hidden) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < hidden[i].length; j++) {
                hidden[i][j] = activated[i][j] > 0 ? gradient[i][j] : 0;
            }
        }
    }

    /** Adds the gradients that bypass a block to those that pass through it. */
    private void join(float[][] outer, float[][] passed, float[][] joined) {
        int skipped = outer[0].length - joined[0].length;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < joined[i].length; j++) {
                joined[i][j] = outer[i][skipped + j] + passed[i][j];
            }
        }
    }

    /**
     * Returns copies of the weights, with the moments of a sample.
     *
     * @param sample rows of input, as many as describe the moments well
     */
    GeneratorWeights weights(float[][] sample, Workers workers) {
        List<GeneratorWeights.Block> blocks = new ArrayList<>();
        float[][] from = sample;
        for (int l = 0; l < layers.size(); l++) {
            BatchNormalisation norm = norms.get(l);
            int size = layers.get(l).outputs();
            float[][] to = Matrices.create(sample.length, from[0].length + size);
            forward(l, from, Matrices.create(sample.length, size), to, workers);
            blocks.add(new GeneratorWeights.Block(GeneratorWeights.Linear.of(layers.get(l)), norm.scale().clone(),
                    norm.shift().clone(), norm.mean().clone(), norm.variance().clone()));
            from = to;
        }
        return new GeneratorWeights(blocks, GeneratorWeights.Linear.of(last));
    }
}
