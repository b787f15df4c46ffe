package io.freshet.model.copula;

import io.freshet.stats.Normal;
import io.freshet.stats.Philox;

/** Draws latent numbers without conditions, correlated by a Cholesky factor. */
final class FreeNormals implements LatentNormals {

    private final LatentSpace latent;
    private final double[][] cholesky;
    private final long[] first = new long[BlockRows.MOST];
    private final long[] second = new long[BlockRows.MOST];
    private final long[][] scratch = Philox.scratch(BlockRows.MOST);
    private final double[] spare = new double[BlockRows.MOST];

    FreeNormals(LatentSpace latent, double[][] cholesky) {
        this.latent = latent;
        this.cholesky = cholesky;
    }

    @Override
    public void draw(long seed, BlockRows block, double[][] z) {
        int rows = block.size();
        for (int d = 0; d < latent.size(); d += 2) {
            Philox.block(block.numbers(), d / 2, 0, seed, first, second, scratch, rows);
            Normal.ofWords(first, z[d], rows);
            Normal.ofWords(second, d + 1 < latent.size() ? z[d + 1] : spare, rows);
        }
        correlate(cholesky, z, rows);
    }

    /** Computes z ← L z in place, last dimension first; always sums in the same order. */
    static void correlate(double[][] lower, double[][] z, int rows) {
        for (int j = lower.length - 1; j >= 1; j--) {
            double[] factors = lower[j];
            double[] out = z[j];
            scale(out, factors[j], rows);
            int k = 0;
            for (; k + 3 < j; k += 4) {
                addFour(out, z, k, factors, rows);
            }
            for (; k < j; k++) {
                addOne(out, z[k], factors[k], rows);
            }
        }
    }

    private static void scale(double[] out, double factor, int rows) {
        for (int i = 0; i < rows; i++) {
            out[i] *= factor;
        }
    }

    private static void addFour(double[] out, double[][] z, int k, double[] factors, int rows) {
        double[] z0 = z[k];
        double[] z1 = z[k + 1];
        double[] z2 = z[k + 2];
        double[] z3 = z[k + 3];
        double f0 = factors[k];
        double f1 = factors[k + 1];
        double f2 = factors[k + 2];
        double f3 = factors[k + 3];
        for (int i = 0; i < rows; i++) {
            out[i] = (((out[i] + f0 * z0[i]) + f1 * z1[i]) + f2 * z2[i]) + f3 * z3[i];
        }
    }

    private static void addOne(double[] out, double[] z, double factor, int rows) {
        for (int i = 0; i < rows; i++) {
            out[i] = out[i] + factor * z[i];
        }
    }
}
