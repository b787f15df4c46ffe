package io.freshet.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

class SymmetricEigenTest {

    @Test
    void valuesAndVectorsRebuildTheMatrix() {
        for (int size : new int[] { 1, 2, 3, 7, 60 }) {
            double[][] matrix = random(size);
            SymmetricEigen eigen = SymmetricEigen.of(matrix);
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    double sum = 0;
                    double product = 0;
                    for (int k = 0; k < size; k++) {
                        sum += eigen.vector(k)[i] * eigen.value(k) * eigen.vector(k)[j];
                        product += eigen.vector(i)[k] * eigen.vector(j)[k];
                    }
                    assertThat(sum).isCloseTo(matrix[i][j], within(1e-12));
                    assertThat(product).isCloseTo(i == j ? 1 : 0, within(1e-12));
                }
            }
        }
    }

    @Test
    void findsKnownValues() {
        // all correlations are .5: one eigenvalue is 1 + 3 · .5, and three are .5
        double[][] r = { { 1, .5, .5, .5 }, { .5, 1, .5, .5 }, { .5, .5, 1, .5 }, { .5, .5, .5, 1 } };
        SymmetricEigen eigen = SymmetricEigen.of(r);
        assertThat(eigen.value(eigen.leading())).isCloseTo(2.5, within(1e-14));
        assertThat(Math.abs(eigen.vector(eigen.leading())[2])).isCloseTo(.5, within(1e-14));
    }

    @Test
    void takesDiagonalAndZeroMatrices() {
        SymmetricEigen diagonal = SymmetricEigen.of(new double[][] { { 3, 0 }, { 0, -1 } });
        assertThat(diagonal.value(0)).isEqualTo(3);
        assertThat(diagonal.value(1)).isEqualTo(-1);
        assertThat(SymmetricEigen.of(new double[4][4]).value(2)).isZero();
    }

    private static double[][] random(int size) {
        SplittableRandom random = new SplittableRandom(size);
        double[][] matrix = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                matrix[i][j] = random.nextDouble() - .5;
                matrix[j][i] = matrix[i][j];
            }
        }
        return matrix;
    }
}
