package io.freshet.source;

import java.nio.file.Path;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;

/** What simulated chains are like. */
@ConfigMapping(prefix = "freshet.retail")
public interface RetailConfig {

    /** A file that replaces the parameters that come with the simulator. */
    Optional<Path> parameters();

    /** A folder with stores.csv, customers.csv, products.csv and centres.csv; without it chains are generated. */
    Optional<Path> data();
}
