package io.freshet.stream;

import org.jspecify.annotations.Nullable;

import io.freshet.table.ColumnType;

/**
 * What is known of a field of all records at some place between the stages.
 *
 * @param type null if nobody knows
 * @param nullable whether some records may not have it
 */
record KnownField(@Nullable ColumnType type, boolean nullable) {

    static final KnownField TEXT = new KnownField(new ColumnType.FreeText(), false);
    static final KnownField WHOLE = new KnownField(new ColumnType.Whole(), false);
    static final KnownField NUMBER = new KnownField(new ColumnType.Floating(), false);
    static final KnownField TRUTH = new KnownField(new ColumnType.Bool("false", "true"), false);
    static final KnownField UNKNOWN = new KnownField(null, true);
    /** Holds other fields. */
    static final KnownField OBJECT = new KnownField(null, true);

    /** Of a value that is always the same. */
    static KnownField of(@Nullable Object value) {
        if (value instanceof Long) {
            return WHOLE;
        }
        if (value instanceof Number) {
            return NUMBER;
        }
        return value instanceof Boolean ? TRUTH : value instanceof String ? TEXT : UNKNOWN;
    }

    boolean isObject() {
        return this == OBJECT;
    }

    /** The same of another type. */
    KnownField as(KnownField other) {
        return new KnownField(other.type, nullable);
    }

    /** The same, where only some records have it. */
    KnownField sometimes() {
        return isObject() ? OBJECT : new KnownField(type, true);
    }

    /** What is known when records have this or the other. */
    KnownField or(KnownField other) {
        if (isObject() && other.isObject()) {
            return OBJECT;
        }
        return type != null && type.equals(other.type) ? new KnownField(type, nullable || other.nullable) : UNKNOWN;
    }
}
