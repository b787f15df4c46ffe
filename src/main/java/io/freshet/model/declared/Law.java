package io.freshet.model.declared;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.freshet.model.ColumnCondition;
import io.freshet.table.ColumnType;

/**
 * How a value is drawn. A drawn value is what the vector of its type holds: a {@code Long} for numbers (scaled) and dates
 * (ticks), an {@code Integer} code for texts of a dictionary, a {@code String} for other texts, and lists and maps for JSON.
 * Immutable and thread-safe.
 */
interface Law {

    ColumnType type();

    /** Draws a value; null if it is missing. */
    @Nullable
    Object draw(RowContext row);

    /** Returns a drawn value as JSON contains it. */
    Object json(Object drawn);

    /**
     * Restricts the law to the values that satisfy a condition other than {@code is_null}.
     *
     * @return empty if rows must be drawn and tested instead
     * @throws io.freshet.model.ConditionException if no value satisfies it, or it does not fit the type
     */
    Optional<Restricted> given(ColumnCondition condition);

    /**
     * A law under a condition.
     *
     * @param probability the probability of the condition
     */
    record Restricted(Law law, double probability) {
    }
}
