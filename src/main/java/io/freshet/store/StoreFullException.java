package io.freshet.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Thrown when the store answers but has no space left. Nothing was written. */
public final class StoreFullException extends UncheckedIOException {

    private static final long serialVersionUID = 1L;
    private static final List<String> FULL = List.of("No space left", "not enough space", "quota exceeded");

    StoreFullException(String message, IOException cause) {
        super(message, cause);
    }

    /**
     * Returns the exception for a failed write to a file. Java has no exception type for a full disk, so the system's
     * message decides.
     */
    static UncheckedIOException of(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        return FULL.stream().anyMatch(message::contains) ? new StoreFullException("the disk of the store is full", failure)
                : new UncheckedIOException(failure);
    }
}
