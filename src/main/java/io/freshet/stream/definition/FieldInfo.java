package io.freshet.stream.definition;

import org.jspecify.annotations.Nullable;

import io.freshet.table.ColumnType;

/**
 * What is known about a field at one point between the stages.
 *
 * @param type null if it is not known
 * @param nullable whether some records may not have the field
 */
public record FieldInfo(@Nullable ColumnType type, boolean nullable) {

    static final FieldInfo TEXT = new FieldInfo(new ColumnType.FreeText(), false);
    static final FieldInfo WHOLE = new FieldInfo(new ColumnType.Whole(), false);
    static final FieldInfo NUMBER = new FieldInfo(new ColumnType.Floating(), false);
    static final FieldInfo TRUTH = new FieldInfo(new ColumnType.Bool("false", "true"), false);
    static final FieldInfo UNKNOWN = new FieldInfo(null, true);
    /** An object with nested fields. */
    static final FieldInfo OBJECT = new FieldInfo(null, true);

    /** Returns the field of a constant value. */
    static FieldInfo of(@Nullable Object value) {
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

    /** Returns the same field with the type of another one. */
    FieldInfo as(FieldInfo other) {
        return new FieldInfo(other.type, nullable);
    }

    /** Returns the same field for the case that only some records have it. */
    FieldInfo sometimes() {
        return isObject() ? OBJECT : new FieldInfo(type, true);
    }

    /** Returns what holds for both this field and another one. */
    FieldInfo or(FieldInfo other) {
        if (isObject() && other.isObject()) {
            return OBJECT;
        }
        return type != null && type.equals(other.type) ? new FieldInfo(type, nullable || other.nullable) : UNKNOWN;
    }
}
