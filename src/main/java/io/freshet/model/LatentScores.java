package io.freshet.model;

import io.freshet.stats.NormalScores;

/**
 * The normal scores of one latent dimension in the sampled rows.
 *
 * @param column which column it belongs to
 * @param values by row; NaN where the column has no value
 * @param scores what the values are scores of
 */
@SuppressWarnings("ArrayRecordComponent") // confined to the fit, never compared
record LatentScores(int column, double[] values, NormalScores scores) {

    /** The latent correlation with another dimension, from the first {@code rows} rows in which both have a value. */
    double latentCorrelation(LatentScores other, int rows) {
        double n = 0;
        double sumX = 0;
        double sumY = 0;
        for (int i = 0; i < rows; i++) {
            if (!Double.isNaN(values[i] + other.values[i])) {
                n++;
                sumX += values[i];
                sumY += other.values[i];
            }
        }
        double meanX = sumX / n;
        double meanY = sumY / n;
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < rows; i++) {
            if (!Double.isNaN(values[i] + other.values[i])) {
                double dx = values[i] - meanX;
                double dy = other.values[i] - meanY;
                xx += dx * dx;
                yy += dy * dy;
                xy += dx * dy;
            }
        }
        return n < 2 || !(xx > 0) || !(yy > 0) ? 0 : scores.latentCorrelation(other.scores, xy / Math.sqrt(xx * yy));
    }
}
