package io.freshet.ops;

import java.util.OptionalInt;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** A second port for those who watch the service. Health and metrics are on the first one too: Knative knows only one. */
@ConfigMapping(prefix = "freshet.management")
public interface ManagementConfig {

    /** The port; without it there is none. */
    OptionalInt port();

    /** The address it binds. */
    @WithDefault("${quarkus.http.host:127.0.0.1}")
    String host();
}
