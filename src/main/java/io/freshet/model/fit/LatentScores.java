package io.freshet.model.fit;

import io.freshet.stats.NormalScores;

/** The normal scores of one latent dimension in the sampled rows. */
final class LatentScores {

    private final int column;
    private final double[] values;
    private final NormalScores scores;
    private final boolean complete;

    private LatentScores(int column, double[] values, NormalScores scores) {
        this.column = column;
        this.values = values;
        this.scores = scores;
        boolean all = true;
        for (double value : values) {
            all &= !Double.isNaN(value);
        }
        this.complete = all;
    }

    /**
     * @param column the column to which it belongs
     * @param values by row, not copied; NaN for a missing value
     * @param scores the scores of the values
     */
    static LatentScores wrap(int column, double[] values, NormalScores scores) {
        return new LatentScores(column, values, scores);
    }

    int column() {
        return column;
    }

    int rows() {
        return values.length;
    }

    double value(int row) {
        return values[row];
    }

    double variance() {
        return scores.variance();
    }

    /**
     * Returns the latent correlation with another dimension, from those of the first {@code rows} rows in which both have a
     * value.
     */
    double latentCorrelation(LatentScores other, int rows) {
        double n = rows;
        double x = 0;
        double y = 0;
        double xx = 0;
        double yy = 0;
        double xy = 0;
        double[] others = other.values;
        if (complete && other.complete) {
            for (int i = 0; i < rows; i++) {
                x += values[i];
                y += others[i];
                xx += values[i] * values[i];
                yy += others[i] * others[i];
                xy += values[i] * others[i];
            }
        } else {
            n = 0;
            for (int i = 0; i < rows; i++) {
                if (!Double.isNaN(values[i] + others[i])) {
                    n++;
                    x += values[i];
                    y += others[i];
                    xx += values[i] * values[i];
                    yy += others[i] * others[i];
                    xy += values[i] * others[i];
                }
            }
        }
        // scores are nearly standardised, so plain sums lose no precision
        double varianceX = xx - x * x / n;
        double varianceY = yy - y * y / n;
        double min = 1e-9 * n;
        return n < 2 || !(varianceX > min) || !(varianceY > min) ? 0
                : scores.latentCorrelation(other.scores, (xy - x * y / n) / Math.sqrt(varianceX * varianceY));
    }
}
