package io.freshet.api;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;

/**
 * Has the API's description written when somebody asks for it, and not at each start. The native binary does not see this in
 * {@code application.properties}: Quarkus takes it for a setting of builds, but asks for it when it starts.
 */
public class DocumentDefaults implements SmallRyeConfigBuilderCustomizer {

    @Override
    public void configBuilder(SmallRyeConfigBuilder builder) {
        builder.withDefaultValue("quarkus.smallrye-openapi.always-run-filter", "true");
    }
}
