package io.freshet.ops;

import java.time.Duration;
import java.util.Map;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What is there from the start. */
@ConfigMapping(prefix = "freshet")
public interface OpsConfig {

    /** Models that are fitted at start-up, by name. */
    Map<String, DeclaredModel> models();

    /** Streams that are started at start-up: a name, and the file of its definition (JSON or YAML). */
    Map<String, String> streams();

    /** How long shutdown waits for what is with the sinks of streams. */
    @WithDefault("10s")
    Duration streamGrace();

    /** How long shutdown waits for requests that are being answered, after the streams have ended. */
    @WithDefault("10s")
    Duration requestGrace();

    /** A model and the table it is fitted to. */
    interface DeclaredModel {

        /** The file: CSV, NDJSON or JSON by its ending; {@code classpath:} names a resource. */
        String file();

        /** The method. */
        @WithDefault("gaussian_copula")
        String method();
    }
}
