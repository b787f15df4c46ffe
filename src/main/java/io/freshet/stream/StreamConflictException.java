package io.freshet.stream;

import io.freshet.stream.definition.DefinitionException;

/** Thrown when a request conflicts with the current stream: its name is taken, or its state does not allow the change. */
public final class StreamConflictException extends DefinitionException {

    private static final long serialVersionUID = 1L;

    public StreamConflictException(String field, String message) {
        super(field, message);
    }
}
