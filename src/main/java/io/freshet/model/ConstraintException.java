package io.freshet.model;

/** Thrown when a constraint is invalid or does not hold in the table. The message is written for the user. */
public final class ConstraintException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public ConstraintException(String message) {
        super(message);
    }
}
