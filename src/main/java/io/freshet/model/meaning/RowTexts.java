package io.freshet.model.meaning;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.freshet.stats.Permutation;
import io.freshet.stats.Philox;
import io.freshet.table.CodedVector;
import io.freshet.table.ColumnVector;
import io.freshet.table.RowBatch;
import io.freshet.table.TextDictionary;
import io.freshet.table.TextVector;

/**
 * The inputs for the text of one cell: random numbers, which are a pure function of (seed, row, column, attempt), and the texts
 * of the other columns of the row. Mutable, reused for every cell, confined to one thread.
 */
final class RowTexts {

    private static final int TAG = 0x7e47;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final RowBatch batch;
    private final long seed;
    private final long[] words = new long[2];
    private long state;
    private int place;
    private long row;

    RowTexts(RowBatch batch, long seed) {
        this.batch = batch;
        this.seed = seed;
    }

    /**
     * Moves to a cell.
     *
     * @param stream the column, or another number that identifies what is drawn
     * @param attempt the number of texts that were generated for this cell and rejected
     */
    void start(int place, long row, int stream, int attempt) {
        this.place = place;
        this.row = row;
        Philox.words(row, stream, TAG + attempt, seed, words);
        state = words[0];
    }

    long row() {
        return row;
    }

    long seed() {
        return seed;
    }

    long next() {
        state += GOLDEN;
        return Permutation.mix(state);
    }

    /** Returns a number from 0 to {@code bound} − 1. */
    long below(long bound) {
        return bound <= 1 ? 0 : Long.remainderUnsigned(next(), bound);
    }

    /** Returns a random word of the row that all columns of a group share. */
    long word(int stream) {
        return Philox.word(row, stream, TAG, seed);
    }

    double uniform() {
        return Philox.uniform(next());
    }

    /** Returns the text of another column in this row, or null if it is missing or the column has no texts. */
    @Nullable
    String text(int column) {
        return text(batch.vector(column), place);
    }

    static @Nullable String text(ColumnVector vector, int row) {
        if (vector.isMissing(row)) {
            return null;
        }
        if (vector instanceof TextVector texts) {
            return texts.text(row);
        }
        return vector instanceof CodedVector coded && coded.dictionary() instanceof TextDictionary names
                ? names.text(coded.codes()[row])
                : null;
    }

    /** Returns whether all these columns have a text in this row. */
    boolean have(List<Integer> columns) {
        for (int column : columns) {
            if (text(column) == null) {
                return false;
            }
        }
        return true;
    }
}
