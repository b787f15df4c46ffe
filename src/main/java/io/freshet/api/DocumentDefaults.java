package io.freshet.api;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;

/**
 * Generates the API's description on request instead of at each start. In {@code application.properties}, the setting would
 * have no effect in the native binary: Quarkus treats it as a build-time setting there, but reads it at start-up.
 */
public class DocumentDefaults implements SmallRyeConfigBuilderCustomizer {

    @Override
    public void configBuilder(SmallRyeConfigBuilder builder) {
        builder.withDefaultValue("quarkus.smallrye-openapi.always-run-filter", "true");
    }
}
