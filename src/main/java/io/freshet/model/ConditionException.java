package io.freshet.model;

/**
 * Thrown when a model cannot satisfy a condition. The message is written for the user: it names the column and gives the
 * reason.
 */
public final class ConditionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String column;

    public ConditionException(String column, String message) {
        super(message);
        this.column = column;
    }

    public String column() {
        return column;
    }
}
