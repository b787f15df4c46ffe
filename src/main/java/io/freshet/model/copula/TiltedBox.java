package io.freshet.model.copula;

import io.freshet.stats.Philox;
import io.freshet.stats.TruncatedNormal;

/**
 * Draws correlated normal numbers inside a box: sequential truncated proposals, shifted so that the largest likelihood ratio
 * is as small as possible, and accepted with exp(ψ − ψ*).
 *
 * <p>
 * Source: Z. I. Botev, <i>The normal law under linear restrictions: simulation and estimation via minimax tilting</i>,
 * J. R. Stat. Soc. B 79 (2017), doi:10.1111/rssb.12162.
 */
final class TiltedBox {

    private static final double SLACK = 1e-9;
    private static final double INVERSE_SQRT_2PI = 0.39894228040143267794;

    private final int size;
    private final double[][] factors;
    private final double[] low;
    private final double[] high;
    private final double[] shift;
    private final double bound;

    /**
     * @param lower the Cholesky factor of the constrained dimensions
     * @param from the lower bounds of the correlated numbers
     * @param to their upper bounds
     */
    TiltedBox(double[][] lower, double[] from, double[] to) {
        size = from.length;
        factors = new double[size][size];
        low = new double[size];
        high = new double[size];
        shift = new double[size];
        for (int t = 0; t < size; t++) {
            low[t] = from[t] / lower[t][t];
            high[t] = to[t] / lower[t][t];
            for (int k = 0; k < t; k++) {
                factors[t][k] = lower[t][k] / lower[t][t];
            }
        }
        bound = size > 1 ? saddle() : size == 1 ? TruncatedNormal.logProbability(low[0], high[0]) : 0;
    }

    /**
     * Returns ψ*, the logarithm of the largest likelihood ratio. For one dimension, it is the logarithm of its probability; for
     * none, 0.
     */
    double bound() {
        return bound;
    }

    /**
     * Writes a proposal of the uncorrelated numbers.
     *
     * @return ψ − ψ*, the logarithm of its acceptance probability
     */
    double propose(long row, int attempt, long seed, double[] e, long[] words) {
        double psi = 0;
        for (int t = 0; t < size; t++) {
            if ((t & 1) == 0) {
                Philox.words(row, t / 2, attempt, seed, words);
            }
            double centre = shift[t] + dot(factors[t], e, t);
            double a = low[t] - centre;
            double b = high[t] - centre;
            double z = TruncatedNormal.quantile(a, b, Philox.uniform(words[t & 1]));
            e[t] = shift[t] + z;
            if (size > 1) {
                psi += TruncatedNormal.logProbability(a, b) + .5 * shift[t] * shift[t] - e[t] * shift[t];
            }
        }
        return size > 1 ? psi - bound : 0;
    }

    private static double dot(double[] factors, double[] e, int n) {
        double sum = 0;
        for (int k = 0; k < n; k++) {
            sum += factors[k] * e[k];
        }
        return sum;
    }

    private double psi(double[] e) {
        double psi = 0;
        for (int t = 0; t < size; t++) {
            double centre = shift[t] + dot(factors[t], e, t);
            psi += TruncatedNormal.logProbability(low[t] - centre, high[t] - centre) + .5 * shift[t] * shift[t]
                    - e[t] * shift[t];
        }
        return psi;
    }

    /** Finds the shift by Newton's method on the gradient of ψ; uses no shift if that does not converge. */
    private double saddle() {
        int unknowns = size - 1;
        double[] at = new double[2 * unknowns];
        double[] gradient = new double[2 * unknowns];
        double[][] jacobian = new double[2 * unknowns][2 * unknowns];
        double error = gradient(at, gradient, jacobian);
        for (int i = 0; i < 200 && error > 1e-12; i++) {
            double[] step = solve(jacobian, gradient);
            double length = 1;
            double reached = Double.POSITIVE_INFINITY;
            double[] next = at;
            double[] nextGradient = new double[2 * unknowns];
            double[][] nextJacobian = new double[2 * unknowns][2 * unknowns];
            for (int k = 0; k < 40 && !(reached < error); k++, length /= 2) {
                next = at.clone();
                for (int j = 0; j < next.length; j++) {
                    next[j] -= length * step[j];
                }
                reached = gradient(next, nextGradient, nextJacobian);
            }
            if (!(reached < error)) {
                break;
            }
            at = next;
            gradient = nextGradient;
            jacobian = nextJacobian;
            error = reached;
        }
        if (!(error <= 1e-6)) {
            return climb();
        }
        double[] e = new double[size];
        for (int t = 0; t < unknowns; t++) {
            e[t] = at[t];
            shift[t] = at[unknowns + t];
        }
        return psi(e) + SLACK;
    }

    /** Returns the supremum of ψ without a shift, by coordinate ascent, because ψ is concave. */
    private double climb() {
        java.util.Arrays.fill(shift, 0);
        double[] e = new double[size];
        for (int t = 0; t < size; t++) {
            e[t] = Math.max(low[t], Math.min(high[t], 0));
        }
        double best = psi(e);
        for (double step = 1; step > 1e-9; step /= 2) {
            boolean better = true;
            while (better) {
                better = false;
                for (int t = 0; t < size - 1; t++) {
                    for (int sign = -1; sign <= 1; sign += 2) {
                        double before = e[t];
                        e[t] = before + sign * step;
                        double value = psi(e);
                        if (value > best + 1e-13) {
                            best = value;
                            better = true;
                        } else {
                            e[t] = before;
                        }
                    }
                }
            }
        }
        return best + SLACK;
    }

    private double gradient(double[] at, double[] gradient, double[][] jacobian) {
        int unknowns = size - 1;
        double[] p = new double[size];
        double[] slope = new double[size];
        for (int t = 0; t < size; t++) {
            double tilt = t < unknowns ? at[unknowns + t] : 0;
            double centre = tilt + dot(factors[t], at, t);
            derivatives(low[t] - centre, high[t] - centre, t, p, slope);
        }
        for (int k = 0; k < unknowns; k++) {
            double sum = -at[unknowns + k];
            for (int t = k + 1; t < size; t++) {
                sum += p[t] * factors[t][k];
            }
            gradient[k] = sum;
            gradient[unknowns + k] = at[unknowns + k] - at[k] + p[k];
        }
        for (int i = 0; i < unknowns; i++) {
            for (int j = 0; j < unknowns; j++) {
                double sum = 0;
                for (int t = 0; t < size; t++) {
                    sum += factors[t][i] * slope[t] * factors[t][j];
                }
                jacobian[i][j] = sum;
                double mixed = (i == j ? -1 : 0) + slope[i] * factors[i][j];
                jacobian[unknowns + i][j] = mixed;
                jacobian[j][unknowns + i] = mixed;
                jacobian[unknowns + i][unknowns + j] = i == j ? 1 + slope[i] : 0;
            }
        }
        double error = 0;
        for (double value : gradient) {
            error += value * value;
        }
        return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
    }

    private static void derivatives(double a, double b, int t, double[] p, double[] slope) {
        double log = TruncatedNormal.logProbability(a, b);
        double atA = a == Double.NEGATIVE_INFINITY ? 0 : StrictMath.exp(-.5 * a * a - log) * INVERSE_SQRT_2PI;
        double atB = b == Double.POSITIVE_INFINITY ? 0 : StrictMath.exp(-.5 * b * b - log) * INVERSE_SQRT_2PI;
        p[t] = atA - atB;
        slope[t] = -p[t] * p[t] + (a == Double.NEGATIVE_INFINITY ? 0 : a * atA)
                - (b == Double.POSITIVE_INFINITY ? 0 : b * atB);
    }

    /** Gaussian elimination with partial pivoting. */
    private static double[] solve(double[][] matrix, double[] right) {
        int n = right.length;
        double[][] a = io.freshet.stats.Correlations.copy(matrix);
        double[] x = right.clone();
        for (int c = 0; c < n; c++) {
            int pivot = c;
            for (int r = c + 1; r < n; r++) {
                if (Math.abs(a[r][c]) > Math.abs(a[pivot][c])) {
                    pivot = r;
                }
            }
            double[] row = a[pivot];
            a[pivot] = a[c];
            a[c] = row;
            double value = x[pivot];
            x[pivot] = x[c];
            x[c] = value;
            if (Math.abs(a[c][c]) < 1e-14) {
                a[c][c] = 1e-14;
            }
            for (int r = c + 1; r < n; r++) {
                double factor = a[r][c] / a[c][c];
                for (int k = c; k < n; k++) {
                    a[r][k] -= factor * a[c][k];
                }
                x[r] -= factor * x[c];
            }
        }
        for (int c = n - 1; c >= 0; c--) {
            for (int k = c + 1; k < n; k++) {
                x[c] -= a[c][k] * x[k];
            }
            x[c] /= a[c][c];
        }
        return x;
    }
}
