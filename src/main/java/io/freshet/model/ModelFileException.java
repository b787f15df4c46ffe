package io.freshet.model;

/** Thrown when a model file cannot be used. The message is written for the user. */
public final class ModelFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ModelFileException(String reason) {
        super("the model file cannot be used: " + reason);
    }
}
