package io.freshet.model.gan;

import java.util.Arrays;

/**
 * Products of matrices of floats, held as arrays of rows. Each entry of a result is the sum of its products in the order of the
 * inner index, whatever the block of rows that is computed, so that results do not depend on the number of threads or on the
 * size of a batch.
 *
 * <p>
 * The inner loops run along the rows of the result and of the right factor, and have one store each, because that is the form
 * that the C2 compiler vectorises.
 */
final class Matrices {

    private static final int UNROLLED = 4;
    /** The number of rows of the right factor that stay in the first-level cache. */
    private static final int BLOCK = 16;

    private Matrices() {
    }

    static float[][] create(int rows, int columns) {
        return new float[rows][columns];
    }

    /**
     * Adds the product a · b to the rows {@code from} … {@code to − 1} of c.
     *
     * @param a m × {@code inner}
     * @param b {@code inner} × n
     * @param c m × n
     */
    static void multiply(float[][] a, float[][] b, float[][] c, int inner, int from, int to) {
        for (int block = 0; block < inner; block += BLOCK) {
            int end = Math.min(inner, block + BLOCK);
            for (int i = from; i < to; i++) {
                addProducts(a[i], b, c[i], block, end);
            }
        }
    }

    private static void addProducts(float[] a, float[][] b, float[] c, int from, int to) {
        int k = from;
        for (; k + UNROLLED <= to; k += UNROLLED) {
            if (a[k] != 0 || a[k + 1] != 0 || a[k + 2] != 0 || a[k + 3] != 0) {
                add(c, a[k], b[k], a[k + 1], b[k + 1], a[k + 2], b[k + 2], a[k + 3], b[k + 3]);
            }
        }
        for (; k < to; k++) {
            add(c, a[k], b[k]);
        }
    }

    /**
     * Adds the product aᵀ · b to the rows {@code from} … {@code to − 1} of c.
     *
     * @param a {@code inner} × m
     * @param b {@code inner} × n
     * @param c m × n
     */
    static void multiplyTransposed(float[][] a, float[][] b, float[][] c, int inner, int from, int to) {
        int k = 0;
        for (; k + UNROLLED <= inner; k += UNROLLED) {
            float[] a0 = a[k];
            float[] a1 = a[k + 1];
            float[] a2 = a[k + 2];
            float[] a3 = a[k + 3];
            for (int i = from; i < to; i++) {
                if (a0[i] != 0 || a1[i] != 0 || a2[i] != 0 || a3[i] != 0) {
                    add(c[i], a0[i], b[k], a1[i], b[k + 1], a2[i], b[k + 2], a3[i], b[k + 3]);
                }
            }
        }
        for (; k < inner; k++) {
            for (int i = from; i < to; i++) {
                add(c[i], a[k][i], b[k]);
            }
        }
    }

    private static void add(float[] c, float x0, float[] b0, float x1, float[] b1, float x2, float[] b2, float x3, float[] b3) {
        for (int j = 0; j < c.length; j++) {
            c[j] = c[j] + x0 * b0[j] + x1 * b1[j] + x2 * b2[j] + x3 * b3[j];
        }
    }

    private static void add(float[] c, float x, float[] b) {
        for (int j = 0; j < c.length; j++) {
            c[j] = c[j] + x * b[j];
        }
    }

    /** Writes the transpose of a matrix. */
    static void transpose(float[][] a, float[][] transposed) {
        for (int i = 0; i < a.length; i++) {
            float[] row = a[i];
            for (int j = 0; j < row.length; j++) {
                transposed[j][i] = row[j];
            }
        }
    }

    /** Adds the rows of a matrix to a vector. */
    static void addRows(float[][] a, int rows, float[] sum) {
        for (int i = 0; i < rows; i++) {
            add(sum, 1, a[i]);
        }
    }

    /** Copies a row vector to some rows of a matrix. */
    static void fill(float[][] c, float[] row, int from, int to) {
        for (int i = from; i < to; i++) {
            System.arraycopy(row, 0, c[i], 0, row.length);
        }
    }

    static void clear(float[][] a) {
        for (float[] row : a) {
            Arrays.fill(row, 0);
        }
    }
}
