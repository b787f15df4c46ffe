package io.freshet.model.gan;

import java.util.Arrays;
import java.util.List;

/** The weights of a trained generator, with the moments that its batch normalisation uses. Immutable. */
final class GeneratorWeights {

    private final List<Block> blocks;
    private final Linear last;

    GeneratorWeights(List<Block> blocks, Linear last) {
        this.blocks = List.copyOf(blocks);
        this.last = last;
    }

    List<Block> blocks() {
        return blocks;
    }

    Linear last() {
        return last;
    }

    /** The weights of a linear layer: inputs × outputs, and one bias for each output. */
    static final class Linear {

        private final float[][] weights;
        private final float[] bias;

        Linear(float[][] weights, float[] bias) {
            this.weights = weights;
            this.bias = bias;
        }

        static Linear of(DenseLayer layer) {
            return new Linear(Arrays.stream(layer.weights()).map(float[]::clone).toArray(float[][]::new),
                    layer.bias().clone());
        }

        /** Returns the weights; not to be changed. */
        float[][] weights() {
            return weights;
        }

        /** Returns the bias; not to be changed. */
        float[] bias() {
            return bias;
        }

        /** Computes y = x · W + b for some rows. */
        void forward(float[][] x, float[][] y, int rows) {
            Matrices.fill(y, bias, 0, rows);
            Matrices.multiply(x, weights, y, weights.length, 0, rows);
        }
    }

    /** A residual block. */
    static final class Block {

        private final Linear linear;
        private final float[] scale;
        private final float[] shift;
        private final float[] mean;
        private final float[] variance;

        Block(Linear linear, float[] scale, float[] shift, float[] mean, float[] variance) {
            this.linear = linear;
            this.scale = scale;
            this.shift = shift;
            this.mean = mean;
            this.variance = variance;
        }

        Linear linear() {
            return linear;
        }

        /** Returns scale, shift, mean and variance by feature; not to be changed. */
        List<float[]> norm() {
            return List.of(scale, shift, mean, variance);
        }

        /** Returns the linear layer with the batch normalisation folded into it. */
        Linear folded() {
            float[] factors = new float[scale.length];
            float[] bias = new float[scale.length];
            for (int j = 0; j < factors.length; j++) {
                factors[j] = (float) (scale[j] / Math.sqrt(variance[j] + BatchNormalisation.EPSILON));
                bias[j] = (linear.bias[j] - mean[j]) * factors[j] + shift[j];
            }
            float[][] weights = new float[linear.weights.length][factors.length];
            for (int i = 0; i < weights.length; i++) {
                for (int j = 0; j < factors.length; j++) {
                    weights[i][j] = linear.weights[i][j] * factors[j];
                }
            }
            return new Linear(weights, bias);
        }
    }
}
