package io.freshet.stream;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.literal.NamedLiteral;
import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;

import io.freshet.stage.Stage;

/** What stages work with that definitions only name. */
@ApplicationScoped
public class StageTools {

    private final StageConfig config;
    private final @Nullable Instance<Stage> custom;

    /**
     * @param custom stages that are beans, by their names; those that keep something have to be {@code @Dependent}
     */
    @Inject
    public StageTools(StageConfig config, @Any Instance<Stage> custom) {
        this.config = config;
        this.custom = custom;
    }

    /** Without beans. */
    StageTools(StageConfig config) {
        this.config = config;
        this.custom = null;
    }

    /** A stage that is a bean; empty if there is none of this name. */
    Optional<Stage> custom(String name) {
        if (custom == null) {
            return Optional.empty();
        }
        Instance<Stage> named = custom.select(NamedLiteral.of(name));
        return named.isResolvable() ? Optional.of(named.get()) : Optional.empty();
    }

    /** The secret that a key's name stands for. */
    Optional<byte[]> hashKey(String name) {
        return Optional.ofNullable(config.hashKeys().get(name)).filter(key -> !key.isEmpty())
                .map(key -> key.getBytes(StandardCharsets.UTF_8));
    }
}
