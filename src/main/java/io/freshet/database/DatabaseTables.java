package io.freshet.database;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

/** The tables of databases that are configured. */
@ApplicationScoped
public class DatabaseTables {

    private final TablesConfig config;

    public DatabaseTables(TablesConfig config) {
        this.config = config;
    }

    /** Returns the names of all tables in order. */
    public List<String> names() {
        return config.tables().keySet().stream().sorted().toList();
    }

    /**
     * Returns a table.
     *
     * @throws DatabaseException if it is not configured, or its settings are not valid
     */
    public DatabaseTable get(String name) {
        TablesConfig.Table table = config.tables().get(name);
        if (table == null) {
            throw new DatabaseException("there is no table " + name + (names().isEmpty()
                    ? "; set freshet.tables." + name + ".jdbc.url"
                    : "; the configured tables are " + String.join(", ", names())));
        }
        return DatabaseTable.of(name, table.jdbc());
    }
}
