package io.freshet.ops;

import java.util.OptionalInt;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** A second port for monitoring. Health and metrics remain on the first port too, because Knative knows only one port. */
@ConfigMapping(prefix = "freshet.management")
public interface ManagementConfig {

    /** Sets the management port. Without it, the service has no management port. */
    OptionalInt port();

    /** Sets the address that the management port binds to. */
    @WithDefault("${quarkus.http.host:127.0.0.1}")
    String host();
}
