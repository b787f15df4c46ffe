package io.freshet.model.gan;

import java.util.List;

/**
 * The optimiser Adam with an L2 penalty. Not thread-safe.
 *
 * <p>
 * Source: D. P. Kingma, J. Ba, <i>Adam: a method for stochastic optimization</i>, ICLR 2015, arXiv:1412.6980.
 */
final class Adam {

    private static final double BETA1 = .5;
    private static final double BETA2 = .9;
    private static final float EPSILON = 1e-8f;

    private final List<Parameter> parameters;
    private final double rate;
    private final float decay;
    private int steps;

    Adam(List<Parameter> parameters, double rate, double decay) {
        this.parameters = List.copyOf(parameters);
        this.rate = rate;
        this.decay = (float) decay;
    }

    /** Takes a step against the gradients and clears them. */
    void step(Workers workers) {
        steps++;
        double correction1 = 1 - StrictMath.pow(BETA1, steps);
        double correction2 = 1 - StrictMath.pow(BETA2, steps);
        float size = (float) (rate / correction1);
        float scale = (float) (1 / StrictMath.sqrt(correction2));
        for (Parameter parameter : parameters) {
            workers.forRows(parameter.rows(), (from, to) -> {
                for (int i = from; i < to; i++) {
                    step(parameter, i, size, scale);
                }
            });
        }
    }

    private void step(Parameter parameter, int row, float size, float scale) {
        float[] value = parameter.value()[row];
        float[] gradient = parameter.gradient()[row];
        float[] first = parameter.first()[row];
        float[] second = parameter.second()[row];
        // one store per loop lets the compiler vectorise
        for (int j = 0; j < value.length; j++) {
            gradient[j] = gradient[j] + decay * value[j];
        }
        for (int j = 0; j < value.length; j++) {
            first[j] = (float) BETA1 * first[j] + (float) (1 - BETA1) * gradient[j];
        }
        for (int j = 0; j < value.length; j++) {
            second[j] = (float) BETA2 * second[j] + (float) (1 - BETA2) * gradient[j] * gradient[j];
        }
        for (int j = 0; j < value.length; j++) {
            value[j] = value[j] - size * first[j] / ((float) Math.sqrt(second[j]) * scale + EPSILON);
        }
        java.util.Arrays.fill(gradient, 0);
    }

    int steps() {
        return steps;
    }

    /** Continues after a number of steps. */
    void resumeAfter(int taken) {
        steps = taken;
    }
}
