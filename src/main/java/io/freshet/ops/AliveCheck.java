package io.freshet.ops;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

import io.freshet.store.Models;

/**
 * The service is started, ready and alive when it can list its models. The result does not depend on anything outside the
 * process.
 */
@Liveness
@Readiness
@Startup
@ApplicationScoped
public class AliveCheck implements HealthCheck {

    private final Models models;

    public AliveCheck(Models models) {
        this.models = models;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("freshet").withData("models", models.list().size()).up().build();
    }
}
