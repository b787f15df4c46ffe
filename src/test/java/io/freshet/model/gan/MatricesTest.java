package io.freshet.model.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import io.freshet.stats.Draws;

class MatricesTest {

    private static final int M = 13;
    private static final int K = 37;
    private static final int N = 29;

    private final float[][] a = matrix(M, K, 1);
    private final float[][] b = matrix(K, N, 2);

    private static float[][] matrix(int rows, int columns, int seed) {
        float[][] matrix = Matrices.create(rows, columns);
        Gradients.fill(matrix, Draws.of(seed, 0, 0, 1));
        return matrix;
    }

    private static void assertProduct(float[][] a, float[][] b, float[][] product) {
        for (int i = 0; i < product.length; i++) {
            for (int j = 0; j < product[i].length; j++) {
                double sum = 0;
                for (int k = 0; k < b.length; k++) {
                    sum += (double) a[i][k] * b[k][j];
                }
                assertThat((double) product[i][j]).isCloseTo(sum, within(1e-5));
            }
        }
    }

    @Test
    void multipliesAsDefined() {
        float[][] c = Matrices.create(M, N);
        Matrices.multiply(a, b, c, K, 0, M);
        assertProduct(a, b, c);
    }

    @Test
    void multipliesTheTransposeAsDefined() {
        float[][] transposed = Matrices.create(K, M);
        Matrices.transpose(a, transposed);
        float[][] c = Matrices.create(M, N);
        Matrices.multiplyTransposed(transposed, b, c, K, 0, M);
        assertProduct(a, b, c);
    }

    @Test
    void aRowIsTheSameAloneAndInABlock() {
        float[][] together = Matrices.create(M, N);
        Matrices.multiply(a, b, together, K, 0, M);
        float[][] alone = Matrices.create(M, N);
        for (int i = M - 1; i >= 0; i--) {
            Matrices.multiply(a, b, alone, K, i, i + 1);
        }
        assertThat(alone).isDeepEqualTo(together);
    }

    @Test
    void elementaryFunctionsAreThoseOfTheStrictLibrary() {
        for (double x = -30; x < 30; x += .37) {
            assertThat(Elementary.exp(x) / StrictMath.exp(x)).isCloseTo(1, within(1e-12));
            assertThat(Elementary.tanh(x)).isCloseTo(StrictMath.tanh(x), within(1e-12));
            double positive = StrictMath.exp(x);
            assertThat(Elementary.log(positive)).isCloseTo(x, within(1e-11));
        }
        assertThat(Elementary.exp(-1e9)).isNotNegative().isLessThan(1e-300);
    }
}
