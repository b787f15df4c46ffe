package io.freshet.stream.definition;

import java.util.Map;

import io.smallrye.config.ConfigMapping;

/** Configuration that stages need and that does not belong in stream definitions. */
@ConfigMapping(prefix = "freshet.stages")
public interface StageConfig {

    /** Sets the secrets of keyed hashes, by the name that stream definitions refer to. */
    Map<String, String> hashKeys();
}
