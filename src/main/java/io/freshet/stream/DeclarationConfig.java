package io.freshet.stream;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Streams and models that are declared in files. */
@ConfigMapping(prefix = "freshet.declarations")
public interface DeclarationConfig {

    /**
     * A folder with a file for each stream ({@code NAME.yaml}, {@code .yml} or {@code .json}) and for each model
     * ({@code NAME.model.json}); a ConfigMap, say.
     */
    Optional<Path> folder();

    /** How often the folder is looked through for what has changed. */
    @WithDefault("5s")
    Duration every();
}
