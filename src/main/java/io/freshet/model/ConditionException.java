package io.freshet.model;

/** A condition that a model cannot satisfy. The message is for the user: it names the column and says why. */
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
