package io.freshet.table;

/** Thrown for a table that has columns but no rows. */
public final class EmptyTableException extends TableException {

    private static final long serialVersionUID = 1L;

    EmptyTableException() {
        super("the input has a header but no rows");
    }
}
