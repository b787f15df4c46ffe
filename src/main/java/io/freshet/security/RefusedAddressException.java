package io.freshet.security;

/** Thrown for an address to which the service does not connect. The message is shown to the user. */
public final class RefusedAddressException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RefusedAddressException(String message) {
        super(message);
    }
}
