package io.freshet.model.declared;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.freshet.stats.Draws;
import io.freshet.stats.Permutation;
import io.freshet.stats.Philox;

/**
 * The row that is being drawn. Each column has random numbers of its own, and the texts of one object, such as a name and an
 * e-mail address, share a word from which the person and the place behind them follow.
 */
final class RowContext {

    private static final int TAG = 0x4d00_0000;
    private static final int SCOPE_TAG = 0x4e00_0000;

    /** The number of keys that a row may try before it takes one of the next row. */
    private static final long KEYS_PER_ROW = 4096;

    private final long seed;
    private final boolean rejecting;
    private final Draws draws = new Draws();
    private long row;
    private int attempt;
    private long scope;
    private Map<String, @Nullable Object> fields = Map.of();

    /** @param rejecting whether rows may be rejected, so that each attempt needs keys of its own */
    RowContext(long seed, boolean rejecting) {
        this.seed = seed;
        this.rejecting = rejecting;
    }

    /** @param attempt the number of rows with this number that were drawn and rejected */
    void start(long number, int rejected) {
        row = number;
        attempt = rejected;
    }

    /** Continues with a column. */
    void column(int tag, int object) {
        draws.restart(row, attempt, TAG + tag, seed);
        scope = Philox.word(row, attempt, SCOPE_TAG + object, seed);
    }

    /** Enters an object within a value, which has a person and a place of its own, and returns the previous scope. */
    long enterObject() {
        long outer = scope;
        scope = draws.word();
        return outer;
    }

    void leaveObject(long outer) {
        scope = outer;
    }

    /** Returns the number by which keys are counted off: that of the row, with gaps where rows may be rejected. */
    long key() {
        return rejecting ? row * KEYS_PER_ROW + attempt : row;
    }

    long seed() {
        return seed;
    }

    Draws draws() {
        return draws;
    }

    /** Returns a word that all texts of the object share. */
    long shared(int purpose) {
        return Permutation.mix(scope + purpose * 0x9E3779B97F4A7C15L);
    }

    /** Returns the fields that a formula reads. */
    Map<String, @Nullable Object> fields() {
        return fields;
    }

    void read(Map<String, @Nullable Object> values) {
        fields = values;
    }
}
