package io.freshet.stream.definition;

/** Thrown when a stream definition is invalid. The message is written for the user. */
public class DefinitionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String path;

    /**
     * @param path where the mistake is, such as {@code sinks[0].kafka.topic}
     */
    public DefinitionException(String path, String message) {
        super(path.isEmpty() ? message : path + " " + message);
        this.path = path;
    }

    public String path() {
        return path;
    }
}
