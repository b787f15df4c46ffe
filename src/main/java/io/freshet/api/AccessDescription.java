package io.freshet.api;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

import io.freshet.security.AccessMode;
import io.quarkus.arc.Arc;
import io.quarkus.smallrye.openapi.OpenApiFilter;

/** Adds the authentication schemes to the API's description if authentication is required. */
@OpenApiFilter(OpenApiFilter.RunStage.RUN)
public class AccessDescription implements OASFilter {

    private static final String SCHEME = "bearer";

    @Override
    public void filterOpenAPI(OpenAPI api) {
        if (Arc.container().select(AccessMode.class).get().isOpen()) {
            return;
        }
        Components components = api.getComponents() == null ? OASFactory.createComponents() : api.getComponents();
        components.addSecurityScheme(SCHEME, OASFactory.createSecurityScheme().type(SecurityScheme.Type.HTTP).scheme(SCHEME)
                .description("An API key or a token"));
        api.components(components).addSecurityRequirement(OASFactory.createSecurityRequirement().addScheme(SCHEME));
    }
}
