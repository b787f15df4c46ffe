package io.freshet.ops;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

import io.freshet.stream.declared.Declaration;
import io.freshet.stream.declared.Declarations;
import io.smallrye.health.api.Wellness;

/** Reports the declarations that are invalid. */
@Wellness
@ApplicationScoped
public class DeclarationsCheck implements HealthCheck {

    private final Declarations declarations;

    public DeclarationsCheck(Declarations declarations) {
        this.declarations = declarations;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("declarations");
        for (Declaration declaration : declarations.list()) {
            if (declaration.isWrong()) {
                response.withData(declaration.file(), String.valueOf(declaration.reason()));
            }
        }
        return response.status(declarations.list().stream().noneMatch(Declaration::isWrong)).build();
    }
}
