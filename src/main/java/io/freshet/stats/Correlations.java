package io.freshet.stats;

/**
 * Small dense symmetric matrices, with a fixed order of operations. A correlation matrix is n × n, symmetric, with a unit
 * diagonal.
 */
public final class Correlations {

    private static final int SWEEPS = 60;
    private static final int PROJECTIONS = 100;

    private Correlations() {
    }

    /**
     * Eigenvalues and eigenvectors by Jacobi's method.
     *
     * @param symmetric n × n; destroyed
     * @param vectors n × n; receives the eigenvectors as columns
     * @return the n eigenvalues, in the order of the columns
     */
    public static double[] eigen(double[][] symmetric, double[][] vectors) {
        int n = symmetric.length;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                vectors[i][j] = i == j ? 1 : 0;
            }
        }
        for (int sweep = 0; sweep < SWEEPS && offDiagonal(symmetric) > 1e-22; sweep++) {
            for (int p = 0; p < n; p++) {
                for (int q = p + 1; q < n; q++) {
                    if (Math.abs(symmetric[p][q]) > 1e-300) {
                        rotate(symmetric, vectors, p, q);
                    }
                }
            }
        }
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = symmetric[i][i];
        }
        return values;
    }

    private static double offDiagonal(double[][] a) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            for (int j = i + 1; j < a.length; j++) {
                sum += a[i][j] * a[i][j];
            }
        }
        return sum;
    }

    private static void rotate(double[][] a, double[][] vectors, int p, int q) {
        double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
        double tangent = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        double cosine = 1 / Math.sqrt(tangent * tangent + 1);
        double sine = tangent * cosine;
        rotateColumns(a, p, q, cosine, sine);
        double[] rowP = a[p];
        double[] rowQ = a[q];
        for (int k = 0; k < a.length; k++) {
            double x = rowP[k];
            double y = rowQ[k];
            rowP[k] = cosine * x - sine * y;
            rowQ[k] = sine * x + cosine * y;
        }
        rotateColumns(vectors, p, q, cosine, sine);
    }

    private static void rotateColumns(double[][] a, int p, int q, double cosine, double sine) {
        for (double[] row : a) {
            double x = row[p];
            double y = row[q];
            row[p] = cosine * x - sine * y;
            row[q] = sine * x + cosine * y;
        }
    }

    /**
     * A correlation matrix near {@code r} whose eigenvalues are at least about {@code least}; {@code r} itself if it has them.
     * By
     * alternating projections with Dykstra's correction: N. J. Higham, <i>Computing the nearest correlation matrix</i>, IMA J.
     * Numer.
     * Anal. 22 (2002), doi:10.1093/imanum/22.3.329.
     */
    public static double[][] nearest(double[][] r, double least) {
        if (isPositiveDefinite(r, least)) {
            return r;
        }
        int n = r.length;
        double[][] y = copy(r);
        double[][] correction = new double[n][n];
        int projections = n > 128 ? 1 : PROJECTIONS;
        for (int i = 0; i < projections; i++) {
            double[][] x = minus(y, correction);
            double[][] clipped = clip(x, least);
            correction = minus(clipped, x);
            double change = takeWithUnitDiagonal(clipped, y);
            if (change < 1e-9) {
                break;
            }
        }
        return rescaled(clip(y, least));
    }

    private static boolean isPositiveDefinite(double[][] r, double least) {
        double[][] shifted = copy(r);
        for (int i = 0; i < r.length; i++) {
            shifted[i][i] -= least;
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

    private static double[][] clip(double[][] a, double least) {
        int n = a.length;
        double[][] vectors = new double[n][n];
        double[] values = eigen(copy(a), vectors);
        double[][] clipped = new double[n][n];
        for (int k = 0; k < n; k++) {
            double value = Math.max(values[k], least);
            for (int i = 0; i < n; i++) {
                double scaled = value * vectors[i][k];
                for (int j = 0; j < n; j++) {
                    clipped[i][j] += scaled * vectors[j][k];
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
     * The lower triangular L with L · Lᵀ = r.
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

    private static double @org.jspecify.annotations.Nullable [][] factorise(double[][] r) {
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
