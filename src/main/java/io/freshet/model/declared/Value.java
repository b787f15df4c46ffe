package io.freshet.model.declared;

import org.jspecify.annotations.Nullable;

/**
 * A law whose values may be missing.
 *
 * @param nulls the share of missing values, 0 to 1
 */
record Value(Law law, double nulls) {

    /** Draws a value; null if it is missing. */
    @Nullable
    Object draw(RowContext row) {
        return nulls > 0 && row.draws().chance(nulls) ? null : law.draw(row);
    }

    /** Draws a value as JSON contains it. */
    @Nullable
    Object json(RowContext row) {
        Object drawn = draw(row);
        return drawn == null ? null : law.json(drawn);
    }

    boolean mayMiss() {
        return nulls > 0 || law instanceof FormulaLaw;
    }
}
