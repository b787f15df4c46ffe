package io.freshet.model;

/** A constraint that is none, or that the table does not have. The message is for the user. */
public final class ConstraintException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public ConstraintException(String message) {
        super(message);
    }
}
