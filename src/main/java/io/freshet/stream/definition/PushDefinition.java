package io.freshet.stream.definition;

/**
 * A source of records that clients push over HTTP.
 *
 * @param buffer the maximum number of records that not all sinks have acknowledged
 */
public record PushDefinition(int buffer) implements SourceDefinition {

    private static final int DEFAULT_BUFFER = 10_000;
    private static final int MAX_BUFFER = 1_000_000;

    static PushDefinition parse(DefinitionNode http) {
        http.object("buffer");
        return new PushDefinition((int) http.integer("buffer", 1, MAX_BUFFER).orElse(DEFAULT_BUFFER));
    }
}
