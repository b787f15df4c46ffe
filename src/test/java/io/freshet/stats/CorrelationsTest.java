package io.freshet.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CorrelationsTest {

    /** The example of Higham's paper, section 4, whose nearest correlation matrix is known to four digits. */
    @Test
    void findsTheNearestCorrelationMatrixOfHighamsExample() {
        double[][] r = { { 1, 1, 0 }, { 1, 1, 1 }, { 0, 1, 1 } };
        double[][] nearest = Correlations.nearest(r, 1e-8);
        assertThat(nearest[0][1]).isCloseTo(.7607, within(1e-3));
        assertThat(nearest[0][2]).isCloseTo(.1573, within(1e-3));
    }

    @Test
    void leavesAPositiveDefiniteMatrixAlone() {
        double[][] r = { { 1, .5 }, { .5, 1 } };
        assertThat(Correlations.nearest(r, 1e-4)).isSameAs(r);
    }

    @Test
    @Timeout(60)
    void repairsLargeMatricesInReasonableTime() {
        for (int size : new int[] { 40, 128, 300 }) {
            double[][] r = indefinite(size);
            double[][] nearest = Correlations.nearest(r, 1e-4);
            double[][] lower = Correlations.cholesky(nearest);
            for (int i = 0; i < size; i++) {
                assertThat(nearest[i][i]).isEqualTo(1);
                assertThat(lower[i][i]).isPositive();
            }
            assertThat(distance(r, nearest)).as("mean change of %d", size).isLessThan(.1);
        }
    }

    /** Returns rounded pairwise correlations of few rows of many collinear columns, which are far from positive definite. */
    private static double[][] indefinite(int size) {
        SplittableRandom random = new SplittableRandom(size);
        double[][] loadings = new double[size][3];
        for (double[] row : loadings) {
            double norm = 0;
            for (int k = 0; k < 3; k++) {
                row[k] = random.nextDouble() - .5;
                norm += row[k] * row[k];
            }
            for (int k = 0; k < 3; k++) {
                row[k] /= Math.sqrt(norm);
            }
        }
        double[][] r = new double[size][size];
        for (int i = 0; i < size; i++) {
            r[i][i] = 1;
            for (int j = 0; j < i; j++) {
                double dot = loadings[i][0] * loadings[j][0] + loadings[i][1] * loadings[j][1]
                        + loadings[i][2] * loadings[j][2];
                r[i][j] = Math.max(-.999, Math.min(.999, dot + .1 * (random.nextDouble() - .5)));
                r[j][i] = r[i][j];
            }
        }
        return r;
    }

    private static double distance(double[][] a, double[][] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a.length; j++) {
                sum += Math.abs(a[i][j] - b[i][j]);
            }
        }
        return sum / (a.length * (double) a.length);
    }

    @Test
    void refusesToFactoriseAnIndefiniteMatrix() {
        assertThatThrownBy(() -> Correlations.cholesky(new double[][] { { 1, 2 }, { 2, 1 } }))
                .isInstanceOf(ArithmeticException.class);
    }
}
