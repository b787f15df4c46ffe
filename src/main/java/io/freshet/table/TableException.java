package io.freshet.table;

/** Thrown when an input is not a valid table. The message is written for the user: it says what is wrong and where. */
public sealed class TableException extends RuntimeException permits EmptyTableException, ReadSettings.InvalidException {

    private static final long serialVersionUID = 1L;

    public TableException(String message) {
        super(message);
    }
}
