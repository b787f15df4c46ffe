package io.freshet.model.tree;

import java.util.HashMap;
import java.util.Map;

/**
 * Orders the names of a predictor with respect to a target of several classes. The order is the first score of a correspondence
 * analysis (J.-P. Benzécri, <i>L'analyse des données</i>, 1973), which power iteration finds in a fixed number of steps.
 */
final class NameOrders {

    private static final int STEPS = 40;

    private final CodedTable table;
    private final TargetClasses target;
    private final Map<Integer, double[]> scores = new HashMap<>();

    NameOrders(CodedTable table, TargetClasses target) {
        this.table = table;
        this.target = target;
    }

    /** Returns the score of each value of the predictor. */
    double[] of(int predictor) {
        return scores.computeIfAbsent(predictor, this::scores);
    }

    private double[] scores(int predictor) {
        int names = table.predictors().get(predictor).size();
        int classes = target.size();
        double[] both = new double[names * classes];
        double[] ofName = new double[names];
        double[] ofClass = new double[classes];
        short[] values = table.values(predictor);
        double rows = 0;
        for (int row = 0; row < table.rows(); row++) {
            int k = target.of(row);
            if (k >= 0) {
                both[values[row] * classes + k]++;
                ofName[values[row]]++;
                ofClass[k]++;
                rows++;
            }
        }
        for (int i = 0; i < both.length; i++) {
            double expected = ofName[i / classes] * ofClass[i % classes] / Math.max(1, rows);
            both[i] = expected > 0 ? (both[i] - expected) / Math.sqrt(ofName[i / classes] * ofClass[i % classes]) : 0;
        }
        return iterate(both, names, classes, ofName);
    }

    private static double[] iterate(double[] residuals, int names, int classes, double[] ofName) {
        double[] right = new double[classes];
        for (int k = 0; k < classes; k++) {
            right[k] = 1 + .37 * k; // any start works that is not orthogonal to the result
        }
        double[] left = new double[names];
        for (int step = 0; step < STEPS; step++) {
            double norm = 0;
            for (int v = 0; v < names; v++) {
                double sum = 0;
                for (int k = 0; k < classes; k++) {
                    sum += residuals[v * classes + k] * right[k];
                }
                left[v] = sum;
                norm += sum * sum;
            }
            norm = norm > 0 ? 1 / Math.sqrt(norm) : 0;
            java.util.Arrays.fill(right, 0);
            for (int v = 0; v < names; v++) {
                double of = left[v] * norm;
                left[v] = of;
                for (int k = 0; k < classes; k++) {
                    right[k] += residuals[v * classes + k] * of;
                }
            }
        }
        for (int v = 0; v < names; v++) {
            left[v] /= Math.sqrt(ofName[v] + 1);
        }
        return left;
    }
}
