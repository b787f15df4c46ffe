package io.freshet.source.retail;

import java.nio.file.Path;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;

/** Configuration of simulated chains. */
@ConfigMapping(prefix = "freshet.retail")
public interface RetailConfig {

    /** Names a file that replaces the parameters shipped with the simulator. */
    Optional<Path> parameters();

    /**
     * Names a folder with the tables stores, customers, products and centres, such as stores.csv or stores.parquet. Without
     * it, chains are generated.
     */
    Optional<Path> data();
}
