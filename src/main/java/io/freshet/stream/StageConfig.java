package io.freshet.stream;

import java.util.Map;

import io.smallrye.config.ConfigMapping;

/** What the stages of streams need to know that does not belong into their definitions. */
@ConfigMapping(prefix = "freshet.stages")
public interface StageConfig {

    /** Secrets for keyed hashes, by the name that definitions use. */
    Map<String, String> hashKeys();
}
