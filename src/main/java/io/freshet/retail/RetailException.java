package io.freshet.retail;

/** A mistake in parameters or master data. The message is for the user. */
public final class RetailException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RetailException(String message) {
        super(message);
    }
}
