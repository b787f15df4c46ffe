package io.freshet.ops;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

import io.freshet.memory.MemoryBudget;
import io.smallrye.health.api.Wellness;

/** Reports how much of the memory budget the buffers hold. It is always up: full buffers slow streams and break nothing. */
@Wellness
@ApplicationScoped
public class BuffersCheck implements HealthCheck {

    private final MemoryBudget memory;

    public BuffersCheck(MemoryBudget memory) {
        this.memory = memory;
    }

    @Override
    public HealthCheckResponse call() {
        long used = memory.used();
        return HealthCheckResponse.named("buffers").withData("usedBytes", used).withData("capacityBytes", memory.capacity())
                .withData("usedPercent", Math.round(100.0 * used / memory.capacity())).up().build();
    }
}
