package io.freshet.model.gan;

import java.util.Arrays;
import java.util.List;

/**
 * Batch normalisation y = γ (x − mean) / √(variance + ε) + β, with the moments of the batch. Mutable; not thread-safe.
 *
 * <p>
 * Source: S. Ioffe, C. Szegedy, <i>Batch normalization</i>, ICML 2015, arXiv:1502.03167.
 */
final class BatchNormalisation {

    static final double EPSILON = 1e-5;

    private final Parameter scale;
    private final Parameter shift;
    private final float[] mean;
    private final float[] variance;
    private final float[] inverse;

    BatchNormalisation(int width) {
        this.scale = new Parameter(1, width);
        this.shift = new Parameter(1, width);
        this.mean = new float[width];
        this.variance = new float[width];
        this.inverse = new float[width];
        Arrays.fill(scale.value()[0], 1);
    }

    List<Parameter> parameters() {
        return List.of(scale, shift);
    }

    float[] scale() {
        return scale.value()[0];
    }

    float[] shift() {
        return shift.value()[0];
    }

    /** Returns the means of the latest batch. */
    float[] mean() {
        return mean;
    }

    /** Returns the variances of the latest batch. */
    float[] variance() {
        return variance;
    }

    /** Replaces x by (x − mean) / √(variance + ε) and writes the normalised values, scaled and shifted, to y. */
    void forward(float[][] x, float[][] y, int rows) {
        moments(x, rows);
        for (int i = 0; i < rows; i++) {
            normalise(x[i]);
            transform(x[i], y[i]);
        }
    }

    private void moments(float[][] x, int rows) {
        double[] sums = new double[mean.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < sums.length; j++) {
                sums[j] += x[i][j];
            }
        }
        double[] squares = new double[mean.length];
        for (int j = 0; j < sums.length; j++) {
            mean[j] = (float) (sums[j] / rows);
        }
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < squares.length; j++) {
                double distance = x[i][j] - mean[j];
                squares[j] += distance * distance;
            }
        }
        for (int j = 0; j < squares.length; j++) {
            variance[j] = (float) (squares[j] / rows);
            inverse[j] = (float) (1 / Math.sqrt(squares[j] / rows + EPSILON));
        }
    }

    private void normalise(float[] x) {
        for (int j = 0; j < mean.length; j++) {
            x[j] = (x[j] - mean[j]) * inverse[j];
        }
    }

    private void transform(float[] normalised, float[] y) {
        float[] by = scale();
        float[] plus = shift();
        for (int j = 0; j < by.length; j++) {
            y[j] = normalised[j] * by[j] + plus[j];
        }
    }

    /**
     * Adds the gradients of scale and shift, and turns the gradient of y into that of x.
     *
     * @param normalised as {@link #forward} left it in x
     */
    void backward(float[][] normalised, float[][] dy, int rows) {
        float[] dScale = new float[mean.length];
        float[] dShift = new float[mean.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < dScale.length; j++) {
                dScale[j] = dScale[j] + dy[i][j] * normalised[i][j];
            }
            for (int j = 0; j < dShift.length; j++) {
                dShift[j] = dShift[j] + dy[i][j];
            }
        }
        float[] by = scale();
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < by.length; j++) {
                dy[i][j] = by[j] * inverse[j] * (dy[i][j] - dShift[j] / rows - normalised[i][j] * dScale[j] / rows);
            }
        }
        add(dScale, scale.gradient()[0]);
        add(dShift, shift.gradient()[0]);
    }

    private static void add(float[] more, float[] sum) {
        for (int j = 0; j < sum.length; j++) {
            sum[j] += more[j];
        }
    }
}
