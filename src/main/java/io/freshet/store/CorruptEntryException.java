package io.freshet.store;

/** Thrown when an entry of the store cannot be read although the store answers. Reading it again does not help. */
public final class CorruptEntryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CorruptEntryException(String reason) {
        super(reason);
    }

    CorruptEntryException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
