package io.freshet.model.marginal;

import io.freshet.stats.Permutation;
import io.freshet.stats.Philox;
import io.freshet.table.ColumnVector;
import io.freshet.table.TextVector;

/** Texts that follow a pattern, never taken from the input. */
public record TextValues(TextPattern pattern) implements ValueModel {

    private static final int TAG = 2;

    @Override
    public ColumnVector newVector(int capacity) {
        return TextVector.create(capacity);
    }

    @Override
    public boolean isLatent() {
        return false;
    }

    @Override
    public void fill(ColumnVector vector, double[] z, int[] scratch, int at, int rows) {
        // not latent: written in advance
    }

    /** Writes the texts of rows {@code firstRow} … into the vector, from its beginning. */
    public void fill(ColumnVector vector, long firstRow, int rows, int column, long seed) {
        TextVector texts = (TextVector) vector;
        texts.clear();
        long[] words = new long[2];
        Philox.words(0, column, TAG + 1, seed, words);
        long size = pattern.size();
        Permutation permutation = Permutation.of(size, words[0]);
        for (int i = 0; i < rows; i++) {
            long row = firstRow + i;
            Philox.words(row, column, TAG, seed, words);
            byte[] bytes = texts.reserve(pattern.longest());
            texts.append(i,
                    pattern.write(permutation.apply(row), Long.divideUnsigned(row, size), words[0], bytes, texts.used()));
        }
    }
}
