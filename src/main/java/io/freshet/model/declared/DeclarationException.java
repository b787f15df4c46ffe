package io.freshet.model.declared;

/** Thrown if a declaration or a schema cannot become a model. The message names the field. */
public final class DeclarationException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public DeclarationException(String message) {
        super(message);
    }

    DeclarationException(String path, String reason) {
        super(path + " " + reason);
    }
}
