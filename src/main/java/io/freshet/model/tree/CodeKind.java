package io.freshet.model.tree;

import io.freshet.table.ColumnType;

/** The kinds of values that the codes of a column represent. */
public enum CodeKind {

    /** Names, the most frequent first. */
    NAME,
    /** Values and ranges of numbers, in ascending order. */
    NUMBER,
    /** Values and ranges of dates, in ascending order. The parts of a date are separate predictors. */
    DATE,
    /** A single code, because the texts are generated from a pattern. */
    TEXT;

    static CodeKind of(ColumnType type) {
        if (type instanceof ColumnType.Identifier || type instanceof ColumnType.FreeText) {
            return TEXT;
        }
        if (type instanceof ColumnType.DateTime) {
            return DATE;
        }
        boolean number = type instanceof ColumnType.Whole || type instanceof ColumnType.Decimal
                || type instanceof ColumnType.Floating;
        return number ? NUMBER : NAME;
    }

    public boolean isOrdered() {
        return this == NUMBER || this == DATE;
    }
}
