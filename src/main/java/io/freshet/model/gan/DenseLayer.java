package io.freshet.model.gan;

import java.util.List;

import io.freshet.stats.Draws;

/** A linear layer y = x · W + b with a working copy of Wᵀ. Mutable; not thread-safe. */
final class DenseLayer {

    private final Parameter weights;
    private final Parameter bias;
    private final float[][] transposed;
    private final int inputs;
    private final int outputs;

    /** Creates a layer with weights and bias uniform in ±1/√inputs. */
    DenseLayer(int inputs, int outputs, Draws draws) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.weights = new Parameter(inputs, outputs);
        this.bias = new Parameter(1, outputs);
        this.transposed = Matrices.create(outputs, inputs);
        double bound = 1 / StrictMath.sqrt(Math.max(1, inputs));
        for (Parameter parameter : List.of(weights, bias)) {
            for (float[] row : parameter.value()) {
                for (int j = 0; j < outputs; j++) {
                    row[j] = (float) ((2 * draws.uniform() - 1) * bound);
                }
            }
        }
    }

    int inputs() {
        return inputs;
    }

    int outputs() {
        return outputs;
    }

    float[][] weights() {
        return weights.value();
    }

    float[] bias() {
        return bias.value()[0];
    }

    List<Parameter> parameters() {
        return List.of(weights, bias);
    }

    /** Computes y = x · W + b. */
    void forward(float[][] x, float[][] y, int rows, Workers workers) {
        workers.forRows(rows, (from, to) -> {
            Matrices.fill(y, bias(), from, to);
            Matrices.multiply(x, weights(), y, inputs, from, to);
        });
    }

    /** Computes y = x · W. */
    void forwardWithoutBias(float[][] x, float[][] y, int rows, Workers workers) {
        workers.forRows(rows, (from, to) -> {
            clear(y, from, to);
            Matrices.multiply(x, weights(), y, inputs, from, to);
        });
    }

    /** Adds the gradients of weights and bias, given the gradient of y. */
    void addGradients(float[][] x, float[][] dy, int rows, Workers workers) {
        addWeightGradients(x, dy, rows, workers);
        Matrices.addRows(dy, rows, bias.gradient()[0]);
    }

    /** Adds xᵀ · dy to the gradient of the weights. */
    void addWeightGradients(float[][] x, float[][] dy, int rows, Workers workers) {
        workers.forRows(inputs, (from, to) -> Matrices.multiplyTransposed(x, dy, weights.gradient(), rows, from, to));
    }

    /** Computes dx = dy · Wᵀ. */
    void backward(float[][] dy, float[][] dx, int rows, Workers workers) {
        Matrices.transpose(weights(), transposed);
        workers.forRows(rows, (from, to) -> {
            clear(dx, from, to);
            Matrices.multiply(dy, transposed, dx, outputs, from, to);
        });
    }

    private static void clear(float[][] a, int from, int to) {
        for (int i = from; i < to; i++) {
            java.util.Arrays.fill(a[i], 0);
        }
    }
}
