package io.freshet.ops;

import java.time.Duration;
import java.util.Map;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The models and streams that the service creates at start-up, and how long shutdown waits. */
@ConfigMapping(prefix = "freshet")
public interface OpsConfig {

    /** Fits these models at start-up, by name. */
    Map<String, DeclaredModel> models();

    /** Starts these streams at start-up. Each name maps to the file of the definition (JSON or YAML). */
    Map<String, String> streams();

    /** Restores saved models and streams and starts the declared ones. The command {@code run} does not. */
    @WithDefault("true")
    boolean restore();

    /** Limits how long shutdown waits for the sinks to deliver the records in flight. */
    @WithDefault("10s")
    Duration streamGrace();

    /** Limits how long shutdown waits for open requests after the streams have ended. */
    @WithDefault("10s")
    Duration requestGrace();

    /** A model and the table that it is fitted to. */
    interface DeclaredModel {

        /** Names the file with the table. The extension selects CSV, NDJSON or JSON; {@code classpath:} names a resource. */
        String file();

        /** Selects the synthesis method. */
        @WithDefault("auto")
        String method();
    }
}
