package io.freshet.database;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;

/** Configures the tables of databases that models are fitted to and records are written to. */
@ConfigMapping(prefix = "freshet.tables")
public interface TablesConfig {

    /** Returns the tables by the names under which requests and definitions know them. */
    @WithParentName
    Map<String, Table> tables();

    /** A table. */
    interface Table {

        /** Returns how to reach the table. */
        Jdbc jdbc();

        /** A table of a database with a JDBC driver. */
        interface Jdbc {

            /** Sets the address of the database of a table, such as {@code jdbc:postgresql://db:5432/shop}. */
            String url();

            /** Sets the user that signs in to the database of a table. */
            Optional<String> username();

            /** Sets the password of the user that signs in to the database of a table. */
            Optional<String> password();

            /**
             * Names the table in its database, with its schema if necessary, such as {@code shop.customers}. By default it is
             * the name of the entry.
             */
            Optional<String> table();

            /** Sets the query whose rows models are fitted to. By default these are all rows of the table. */
            Optional<String> query();

            /** Sets how many rows of a query are fetched at a time. */
            @WithDefault("5000")
            int fetchSize();

            /** Limits how long connecting to the database of a table may take. */
            @WithDefault("10s")
            Duration connectTimeout();
        }
    }
}
