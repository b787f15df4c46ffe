package io.freshet.stats;

/**
 * The eigenvalues and eigenvectors of a symmetric matrix, unsorted. Householder's reduction to tridiagonal form is followed
 * by QL rotations with implicit shifts. This takes about 10 n³ operations in a fixed order, all of them along rows.
 *
 * <p>
 * Source: J. H. Wilkinson, C. Reinsch, <i>Handbook for Automatic Computation II: Linear Algebra</i> (1971),
 * doi:10.1007/978-3-642-86940-2.
 */
public final class SymmetricEigen {

    private static final double NEGLIGIBLE = 0x1p-52;
    private static final int MAX_ROTATIONS = 60;

    private final int size;
    private final double[] values;
    private final double[] beside;
    private final double[][] vectors;

    private SymmetricEigen(double[][] symmetric) {
        size = symmetric.length;
        values = new double[size];
        beside = new double[size];
        vectors = new double[size][size];
        for (int i = 0; i < size; i++) {
            vectors[i][i] = 1;
        }
        tridiagonalise(Correlations.copy(symmetric));
        for (int i = 0; i < size; i++) {
            diagonalise(i);
        }
    }

    /**
     * Decomposes a matrix.
     *
     * @param symmetric n × n, finite
     */
    public static SymmetricEigen of(double[][] symmetric) {
        return new SymmetricEigen(symmetric);
    }

    public int size() {
        return size;
    }

    public double value(int i) {
        return values[i];
    }

    /** Returns the unit vector of {@link #value}; the live array, not a copy. */
    public double[] vector(int i) {
        return vectors[i];
    }

    /** Returns the index of the largest eigenvalue. */
    public int leading() {
        int leading = 0;
        for (int i = 1; i < size; i++) {
            leading = values[i] > values[leading] ? i : leading;
        }
        return leading;
    }

    /** Reflects each column so that it is zero below the subdiagonal, and multiplies the reflections into the vectors. */
    private void tridiagonalise(double[][] a) {
        double[] mirror = new double[size];
        double[][] mirrors = new double[size][];
        for (int k = 0; k + 2 < size; k++) {
            double norm = 0;
            for (int i = k + 1; i < size; i++) {
                mirror[i] = a[i][k];
                norm += mirror[i] * mirror[i];
            }
            double rest = norm - mirror[k + 1] * mirror[k + 1];
            if (rest > 0) {
                double length = Math.sqrt(norm);
                mirror[k + 1] += mirror[k + 1] > 0 ? length : -length;
                double factor = 2 / (rest + mirror[k + 1] * mirror[k + 1]);
                mirrors[k] = mirror.clone();
                apply(a, mirror, factor, k + 1);
                a[k + 1][k] = mirror[k + 1] > 0 ? -length : length;
            }
        }
        for (int k = size - 3; k >= 0; k--) {
            if (mirrors[k] != null) {
                rotate(mirrors[k], k + 1);
            }
        }
        for (int i = 0; i < size; i++) {
            values[i] = a[i][i];
            beside[i] = i + 1 < size ? a[i + 1][i] : 0;
        }
        transpose();
    }

    /** Computes a ← H a H for the block that starts at {@code first}, where H = I − factor · v vᵀ. */
    private void apply(double[][] a, double[] v, double factor, int first) {
        double[] w = new double[size];
        double inner = 0;
        for (int i = first; i < size; i++) {
            double[] row = a[i];
            double sum = 0;
            for (int j = first; j < size; j++) {
                sum += row[j] * v[j];
            }
            w[i] = factor * sum;
            inner += w[i] * v[i];
        }
        double half = factor * inner / 2;
        for (int i = first; i < size; i++) {
            w[i] -= half * v[i];
        }
        for (int i = first; i < size; i++) {
            double[] row = a[i];
            double vi = v[i];
            double wi = w[i];
            for (int j = first; j < size; j++) {
                row[j] -= vi * w[j] + wi * v[j];
            }
        }
    }

    /** Computes vectors ← H vectors, where so far only the block that starts at {@code first} differs from the identity. */
    private void rotate(double[] v, int first) {
        double square = 0;
        double[] sums = new double[size];
        for (int i = first; i < size; i++) {
            square += v[i] * v[i];
            double[] row = vectors[i];
            for (int j = first; j < size; j++) {
                sums[j] += v[i] * row[j];
            }
        }
        for (int i = first; i < size; i++) {
            double factor = 2 * v[i] / square;
            double[] row = vectors[i];
            for (int j = first; j < size; j++) {
                row[j] -= factor * sums[j];
            }
        }
    }

    private void transpose() {
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                double swap = vectors[i][j];
                vectors[i][j] = vectors[j][i];
                vectors[j][i] = swap;
            }
        }
    }

    private void diagonalise(int first) {
        for (int n = 0; n < MAX_ROTATIONS; n++) {
            int last = first;
            while (last < size - 1
                    && Math.abs(beside[last]) > NEGLIGIBLE * (Math.abs(values[last]) + Math.abs(values[last + 1]))) {
                last++;
            }
            if (last == first) {
                return;
            }
            chase(first, last);
        }
    }

    /** Performs one implicit QL step on the unreduced block first … last. */
    private void chase(int first, int last) {
        double shift = (values[first + 1] - values[first]) / (2 * beside[first]);
        double root = Math.sqrt(shift * shift + 1);
        double g = values[last] - values[first] + beside[first] / (shift + (shift >= 0 ? root : -root));
        double sine = 1;
        double cosine = 1;
        double p = 0;
        for (int i = last - 1; i >= first; i--) {
            double f = sine * beside[i];
            double b = cosine * beside[i];
            double r = Math.sqrt(f * f + g * g);
            beside[i + 1] = r;
            if (r == 0) {
                values[i + 1] -= p;
                beside[last] = 0;
                return;
            }
            sine = f / r;
            cosine = g / r;
            g = values[i + 1] - p;
            r = (values[i] - g) * sine + 2 * cosine * b;
            p = sine * r;
            values[i + 1] = g + p;
            g = cosine * r - b;
            turn(vectors[i], vectors[i + 1], sine, cosine);
        }
        values[first] -= p;
        beside[first] = g;
        beside[last] = 0;
    }

    private static void turn(double[] x, double[] y, double sine, double cosine) {
        for (int k = 0; k < x.length; k++) {
            double f = y[k];
            y[k] = sine * x[k] + cosine * f;
            x[k] = cosine * x[k] - sine * f;
        }
    }
}
