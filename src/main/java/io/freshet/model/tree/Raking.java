package io.freshet.model.tree;

import java.util.Arrays;

/**
 * Iterative proportional fitting (W. E. Deming and F. F. Stephan, Annals of Mathematical Statistics 11, 1940). It finds one
 * factor per code so that the distributions, multiplied by these factors and normalised, have the given shares on average.
 */
final class Raking {

    private static final int MAX_STEPS = 40;
    private static final double MAX_CELL_STEPS = 5e7;
    private static final double CLOSE = 1e-5;

    private Raking() {
    }

    /**
     * @param laws the distributions by leaf and code; each sums to 1
     * @param weights the weight of each leaf; they sum to 1
     * @param shares the target share of each code; they sum to 1
     * @return the factor of each code
     */
    static double[] tilt(double[] laws, double[] weights, double[] shares) {
        int codes = shares.length;
        double[] tilt = new double[codes];
        double[] drawn = new double[codes];
        Arrays.fill(tilt, 1);
        int steps = (int) Math.max(3, Math.min(MAX_STEPS, MAX_CELL_STEPS / laws.length));
        for (int step = 0; step < steps; step++) {
            average(laws, weights, tilt, drawn);
            double furthest = 0;
            for (int code = 0; code < codes; code++) {
                furthest = Math.max(furthest, Math.abs(drawn[code] - shares[code]));
                tilt[code] = drawn[code] > 0 && shares[code] > 0 ? tilt[code] * shares[code] / drawn[code] : tilt[code];
            }
            if (furthest < CLOSE) {
                break;
            }
        }
        return tilt;
    }

    private static void average(double[] laws, double[] weights, double[] tilt, double[] drawn) {
        int codes = tilt.length;
        Arrays.fill(drawn, 0);
        for (int leaf = 0; leaf < weights.length; leaf++) {
            int at = leaf * codes;
            double sum = 0;
            for (int code = 0; code < codes && weights[leaf] > 0; code++) {
                sum += laws[at + code] * tilt[code];
            }
            double scale = sum > 0 ? weights[leaf] / sum : 0;
            for (int code = 0; code < codes && scale > 0; code++) {
                drawn[code] += scale * laws[at + code] * tilt[code];
            }
        }
    }
}
