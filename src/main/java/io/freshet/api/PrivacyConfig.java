package io.freshet.api;

import java.util.Optional;

import io.smallrye.config.ConfigMapping;

/** The privacy budget of models. */
@ConfigMapping(prefix = "freshet.privacy")
public interface PrivacyConfig {

    /**
     * Limits the epsilon that the fits of one private model may add up to. Further fits of its name are refused, with or
     * without epsilon. A model may have a smaller budget of its own.
     */
    Optional<Double> budget();
}
