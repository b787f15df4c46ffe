package io.freshet.store;

import java.nio.file.Path;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What Freshet keeps, and where. */
@ConfigMapping(prefix = "freshet.store")
public interface StoreConfig {

    /** A folder for models, stream definitions and positions; without it they are kept in memory and end with the process. */
    Optional<Path> folder();

    /** Whether models, stream definitions and positions are kept in MongoDB, which must be configured, instead of a folder. */
    @WithDefault("false")
    boolean mongodb();

    /** Whether the same are kept in Redis, which must be configured, instead of a folder. */
    @WithDefault("false")
    boolean redis();

    /** How many of the last records of each stream are kept in memory. */
    @WithDefault("1000")
    int recentRecords();
}
