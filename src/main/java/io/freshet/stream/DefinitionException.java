package io.freshet.stream;

/** A stream definition with a mistake. The message is for the user. */
public final class DefinitionException extends RuntimeException {

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
