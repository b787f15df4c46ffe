package io.freshet.model;

import io.freshet.stats.Permutation;
import io.freshet.stats.Philox;
import io.freshet.table.ColumnVector;
import io.freshet.table.TextVector;

/** Texts made to a pattern, never taken from the input. */
record TextValues(TextPattern pattern) implements ValueModel {

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
    public void fill(ColumnVector vector, Block block) {
        TextVector texts = (TextVector) vector;
        if (block.at() == 0) {
            texts.clear();
        }
        long[] words = new long[2];
        Philox.words(0, block.column(), TAG + 1, block.seed(), words);
        Permutation permutation = Permutation.of(pattern.size(), words[0]);
        for (int i = 0; i < block.rows(); i++) {
            long row = block.firstRow() + i;
            Philox.words(row, block.column(), TAG, block.seed(), words);
            byte[] bytes = texts.reserve(pattern.longest());
            texts.append(block.at() + i, pattern.write(permutation.apply(row), words[0], bytes, texts.used()));
        }
    }
}
