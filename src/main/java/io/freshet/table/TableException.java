package io.freshet.table;

/** An input that no table can be made of. The message is for the user: it says what is wrong and where. */
public final class TableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TableException(String message) {
        super(message);
    }
}
