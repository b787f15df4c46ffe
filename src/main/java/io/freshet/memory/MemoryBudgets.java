package io.freshet.memory;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Creates the memory budget of the process. */
@ApplicationScoped
class MemoryBudgets {

    /**
     * @throws IllegalArgumentException if the configured share is not above 0 and at most 1
     */
    @Produces
    @Singleton
    MemoryBudget budget(MemoryConfig config) {
        double share = config.buffersShare();
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("freshet.memory.buffers-share must be above 0 and at most 1");
        }
        return MemoryBudget.of(config.buffers().map(size -> size.asLongValue())
                .orElseGet(() -> (long) (Runtime.getRuntime().maxMemory() * share)));
    }
}
