package io.freshet.model.copula;

import java.util.List;

import io.freshet.stats.Philox;

/** Chooses strata by their shares, without conditions. */
final class FreeChoice implements StratumChoice {

    private static final int TAG = 1;

    private final List<FreeNormals> normals;
    private final double[] cumulated;
    private final long[] words = new long[2];

    FreeChoice(List<CopulaStratum> strata) {
        normals = strata.stream().map(stratum -> new FreeNormals(stratum.latent(), stratum.cholesky())).toList();
        cumulated = new double[strata.size()];
        double sum = 0;
        for (int s = 0; s < cumulated.length; s++) {
            sum += strata.get(s).share();
            cumulated[s] = sum;
        }
    }

    @Override
    public void choose(long seed, long firstRow, int[] strata, int rows) {
        int last = cumulated.length - 1;
        for (int i = 0; i < rows; i++) {
            int stratum = 0;
            if (last > 0) {
                Philox.words(firstRow + i, 0, TAG, seed, words);
                double pick = Philox.uniform(words[0]) * cumulated[last];
                while (stratum < last && pick >= cumulated[stratum]) {
                    stratum++;
                }
            }
            strata[i] = stratum;
        }
    }

    @Override
    public LatentNormals normals(int stratum) {
        return normals.get(stratum);
    }
}
