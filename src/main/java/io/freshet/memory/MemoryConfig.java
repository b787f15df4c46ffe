package io.freshet.memory;

import java.util.Optional;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The share of the heap that buffers may use. */
@ConfigMapping(prefix = "freshet.memory")
public interface MemoryConfig {

    /**
     * Limits how many bytes queues, buffers and recent records hold in total, such as {@code 512M}. By default the limit is
     * {@code freshet.memory.buffers-share} of the heap.
     */
    Optional<MemorySize> buffers();

    /**
     * Limits the share of the heap, 0 to 1, that queues, buffers and recent records use in total, unless {@code
     * freshet.memory.buffers} is set.
     */
    @WithDefault("0.25")
    double buffersShare();
}
