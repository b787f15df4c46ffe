package io.freshet.model.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.DoubleSupplier;

import io.freshet.stats.Draws;

/** Compares gradients with central differences of the loss. */
final class Gradients {

    /** So small that hardly any activation changes its sign. */
    private static final float STEP = 2e-4f;
    private static final double RELATIVE = .02;

    private Gradients() {
    }

    /**
     * Checks the gradients of some entries of each parameter.
     *
     * @param loss computes the loss with the current values, without adding gradients
     */
    static void check(List<Parameter> parameters, DoubleSupplier loss) {
        for (int p = 0; p < parameters.size(); p++) {
            check("parameter " + p, parameters.get(p).value(), parameters.get(p).gradient(), loss);
        }
    }

    static void check(String name, float[][] value, float[][] gradient, DoubleSupplier loss) {
        double size = 0;
        for (float[] row : gradient) {
            for (float each : row) {
                size = Math.max(size, Math.abs(each));
            }
        }
        Draws draws = Draws.of(7, 0, 0, 7);
        for (int trial = 0; trial < 12; trial++) {
            int i = draws.below(value.length);
            int j = draws.below(value[i].length);
            float before = value[i][j];
            value[i][j] = before + STEP;
            double above = loss.getAsDouble();
            value[i][j] = before - STEP;
            double below = loss.getAsDouble();
            value[i][j] = before;
            assertThat((double) gradient[i][j]).as("%s [%d, %d]", name, i, j)
                    .isCloseTo((above - below) / (2.0 * STEP), within(RELATIVE * size + 2e-3));
        }
    }

    static void fill(float[][] matrix, Draws draws) {
        for (float[] row : matrix) {
            for (int j = 0; j < row.length; j++) {
                row[j] = (float) (2 * draws.uniform() - 1);
            }
        }
    }
}
