package io.freshet.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The streams that a command runs.
 *
 * @param definitions the validated definitions
 * @param models the model files that the streams use, by name
 * @param folder the folder to which file sinks write
 */
public record RunRequest(List<JsonNode> definitions, Map<String, Path> models, Path folder) {

    public RunRequest {
        definitions = List.copyOf(definitions);
        models = Map.copyOf(models);
    }

    /** Returns the exit code of the process. */
    public static int exitCode(boolean completed) {
        return (completed ? ExitCode.DONE : ExitCode.INVALID).number();
    }
}
