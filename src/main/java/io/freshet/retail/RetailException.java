package io.freshet.retail;

/** Thrown when parameters or master data are invalid. The message is meant for the user. */
public final class RetailException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RetailException(String message) {
        super(message);
    }
}
