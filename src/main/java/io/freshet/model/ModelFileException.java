package io.freshet.model;

/** A model file that cannot be used. The message is for the user. */
public final class ModelFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ModelFileException(String reason) {
        super("the model file cannot be used: " + reason);
    }
}
