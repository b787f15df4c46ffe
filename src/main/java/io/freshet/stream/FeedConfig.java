package io.freshet.stream;

import java.util.List;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;

/** What feeds may be read. */
@ConfigMapping(prefix = "freshet.feeds")
public interface FeedConfig {

    /** The hosts that feeds may be read from; without it, from any. */
    Optional<List<String>> hosts();
}
