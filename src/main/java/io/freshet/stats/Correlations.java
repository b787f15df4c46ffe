package io.freshet.stats;

import org.jspecify.annotations.Nullable;

/**
 * Operations on small dense symmetric matrices, in a fixed order of arithmetic. A correlation matrix is n × n, symmetric,
 * with a unit diagonal.
 */
public final class Correlations {

    private static final int MAX_PROJECTIONS = 100;
    /** Limits the number of projections by their cost; for a large matrix, a few projections come close enough. */
    private static final double MAX_PROJECTION_WORK = 2e8;

    private Correlations() {
    }

    /**
     * Returns a correlation matrix near {@code r} whose eigenvalues are at least about {@code min}; {@code r} itself if
     * its eigenvalues already are. The method is alternating projections with Dykstra's correction: N. J. Higham,
     * <i>Computing the nearest correlation matrix</i>, IMA J. Numer. Anal. 22 (2002), doi:10.1093/imanum/22.3.329.
     */
    public static double[][] nearest(double[][] r, double min) {
        if (isPositiveDefinite(r, min)) {
            return r;
        }
        int n = r.length;
        double[][] y = copy(r);
        double[][] correction = new double[n][n];
        int projections = (int) Math.max(2, Math.min(MAX_PROJECTIONS, MAX_PROJECTION_WORK / ((double) n * n * n)));
        for (int i = 0; i < projections; i++) {
            double[][] x = minus(y, correction);
            double[][] clipped = clip(x, min);
            correction = minus(clipped, x);
            double change = takeWithUnitDiagonal(clipped, y);
            if (change < 1e-9) {
                break;
            }
        }
        return rescaled(clip(y, min));
    }

    private static boolean isPositiveDefinite(double[][] r, double min) {
        double[][] shifted = copy(r);
        for (int i = 0; i < r.length; i++) {
            shifted[i][i] -= min;
        }
        return factorise(shifted) != null;
    }

    private static double[][] minus(double[][] a, double[][] b) {
        double[][] difference = copy(a);
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a.length; j++) {
                difference[i][j] -= b[i][j];
            }
        }
        return difference;
    }

    private static double[][] clip(double[][] a, double min) {
        int n = a.length;
        SymmetricEigen eigen = SymmetricEigen.of(a);
        double[][] clipped = new double[n][n];
        for (int k = 0; k < n; k++) {
            double value = Math.max(eigen.value(k), min);
            double[] vector = eigen.vector(k);
            for (int i = 0; i < n; i++) {
                double scaled = value * vector[i];
                double[] row = clipped[i];
                for (int j = 0; j < n; j++) {
                    row[j] += scaled * vector[j];
                }
            }
        }
        return clipped;
    }

    private static double takeWithUnitDiagonal(double[][] from, double[][] to) {
        double change = 0;
        for (int i = 0; i < from.length; i++) {
            for (int j = 0; j < from.length; j++) {
                double value = i == j ? 1 : (from[i][j] + from[j][i]) / 2;
                change = Math.max(change, Math.abs(value - to[i][j]));
                to[i][j] = value;
            }
        }
        return change;
    }

    private static double[][] rescaled(double[][] a) {
        int n = a.length;
        double[][] r = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                r[i][j] = i == j ? 1 : a[i][j] / Math.sqrt(a[i][i] * a[j][j]);
            }
        }
        return r;
    }

    /**
     * Returns the lower triangular matrix L with L · Lᵀ = r.
     *
     * @throws ArithmeticException if r is not positive definite
     */
    public static double[][] cholesky(double[][] r) {
        double[][] lower = factorise(r);
        if (lower == null) {
            throw new ArithmeticException("the matrix is not positive definite");
        }
        return lower;
    }

    private static double @Nullable [][] factorise(double[][] r) {
        int n = r.length;
        double[][] lower = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = r[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= lower[i][k] * lower[j][k];
                }
                if (i != j) {
                    lower[i][j] = sum / lower[j][j];
                } else if (sum <= 0) {
                    return null;
                } else {
                    lower[i][i] = Math.sqrt(sum);
                }
            }
        }
        return lower;
    }

    public static double[][] copy(double[][] a) {
        double[][] copy = new double[a.length][];
        for (int i = 0; i < a.length; i++) {
            copy[i] = a[i].clone();
        }
        return copy;
    }
}
