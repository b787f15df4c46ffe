package io.freshet.security;

/** An address that the service does not connect to. The message is for the user. */
public final class RefusedAddressException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RefusedAddressException(String message) {
        super(message);
    }
}
