package io.freshet.stream.declared;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Streams and models that are declared in files. */
@ConfigMapping(prefix = "freshet.declarations")
public interface DeclarationConfig {

    /**
     * Names a folder, such as a mounted ConfigMap, with one file per declared stream ({@code NAME.yaml}, {@code .yml} or {@code
     * .json}) and per declared model ({@code NAME.model.json}, or a declaration or schema: {@code NAME.model.yaml}, {@code
     * .model.avsc}, {@code .model.proto}, {@code .model.schema.json}).
     */
    Optional<Path> folder();

    /** Sets how often the folder of declarations is checked for changes. */
    @WithDefault("5s")
    Duration every();
}
