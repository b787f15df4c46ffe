package io.freshet.store;

import java.nio.file.Path;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where models, streams and recent records are stored. */
@ConfigMapping(prefix = "freshet.store")
public interface StoreConfig {

    /**
     * Sets the folder for models, stream definitions and positions. Without it they are held in memory and are lost when
     * the process ends.
     */
    Optional<Path> folder();

    /** Stores models, stream definitions and positions in MongoDB, which must be configured, instead of a folder. */
    @WithDefault("false")
    boolean mongodb();

    /** Stores models, stream definitions and positions in Redis, which must be configured, instead of a folder. */
    @WithDefault("false")
    boolean redis();

    /** Limits how many of the most recent records of each stream are held in memory; 0 holds none. */
    @WithDefault("1000")
    int recentRecords();
}
