package io.freshet.stream.definition;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.literal.NamedLiteral;
import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;

import io.freshet.memory.MemoryBudget;
import io.freshet.stage.Stage;

/** Resources that stages use and that definitions refer to by name. */
@ApplicationScoped
public class StageContext {

    private final StageConfig config;
    private final MemoryBudget memory;
    private final @Nullable Instance<Stage> custom;

    /** @param custom stages that are beans, by name; a bean that keeps state must be {@code @Dependent} */
    @Inject
    public StageContext(StageConfig config, MemoryBudget memory, @Any Instance<Stage> custom) {
        this.config = config;
        this.memory = memory;
        this.custom = custom;
    }

    /** Creates the resources without beans. */
    public StageContext(StageConfig config) {
        this.config = config;
        this.memory = MemoryBudget.unlimited();
        this.custom = null;
    }

    /** Returns the stage bean of a name; empty if there is none. */
    Optional<Stage> custom(String name) {
        if (custom == null) {
            return Optional.empty();
        }
        Instance<Stage> named = custom.select(NamedLiteral.of(name));
        return named.isResolvable() ? Optional.of(named.get()) : Optional.empty();
    }

    /** Returns the memory budget of stages that hold records. */
    MemoryBudget memory() {
        return memory;
    }

    /** Returns the secret of a key. */
    Optional<byte[]> hashKey(String name) {
        return Optional.ofNullable(config.hashKeys().get(name)).filter(key -> !key.isEmpty())
                .map(key -> key.getBytes(StandardCharsets.UTF_8));
    }
}
