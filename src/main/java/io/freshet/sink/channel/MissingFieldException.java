package io.freshet.sink.channel;

/** A record lacks a field that its message needs. */
final class MissingFieldException extends RuntimeException {

    private static final long serialVersionUID = 1;

    MissingFieldException(String message) {
        super(message, null, false, false);
    }
}
