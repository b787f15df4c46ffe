package io.freshet.stream;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

/** What stages work with that definitions only name. */
@ApplicationScoped
public class StageTools {

    private final StageConfig config;

    public StageTools(StageConfig config) {
        this.config = config;
    }

    /** The secret that a key's name stands for. */
    Optional<byte[]> hashKey(String name) {
        return Optional.ofNullable(config.hashKeys().get(name)).filter(key -> !key.isEmpty())
                .map(key -> key.getBytes(StandardCharsets.UTF_8));
    }
}
