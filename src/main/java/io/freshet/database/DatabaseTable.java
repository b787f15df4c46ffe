package io.freshet.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;

import org.postgresql.Driver;

/** A table of a PostgreSQL database. Immutable; its text shows no credentials. */
public final class DatabaseTable {

    private static final String PREFIX = "jdbc:postgresql:";
    private static final String IDENTIFIER = "(?:[A-Za-z_][A-Za-z0-9_$]*|\"[^\"\\x00]+\")";
    private static final Pattern TABLE = Pattern.compile(IDENTIFIER + "(?:\\." + IDENTIFIER + "){0,2}");

    private final String name;
    private final TablesConfig.Table.Jdbc settings;

    private DatabaseTable(String name, TablesConfig.Table.Jdbc settings) {
        this.name = name;
        this.settings = settings;
    }

    /**
     * Creates a table from its settings, without connecting.
     *
     * @param name the name of the entry in the configuration
     * @throws DatabaseException if a setting is not valid; the message names it
     */
    public static DatabaseTable of(String name, TablesConfig.Table.Jdbc settings) {
        DatabaseTable table = new DatabaseTable(name, settings);
        // the address itself may contain a password
        if (!settings.url().startsWith(PREFIX) || Driver.parseURL(settings.url(), new Properties()) == null) {
            throw new DatabaseException(table.setting("url") + " must be an address such as " + PREFIX + "//db:5432/shop");
        }
        if (!TABLE.matcher(table.table()).matches()) {
            throw new DatabaseException(table.setting("table")
                    + " must be the name of a table, such as shop.customers or \"Order Lines\"");
        }
        if (settings.fetchSize() < 1) {
            throw new DatabaseException(table.setting("fetch-size") + " must be at least 1");
        }
        return table;
    }

    private String setting(String key) {
        return "freshet.tables." + name + ".jdbc." + key;
    }

    public String name() {
        return name;
    }

    /** Returns the table as it is written in SQL. */
    public String table() {
        return settings.table().orElse(name);
    }

    /** Returns the SQL of the rows that models are fitted to. */
    String query() {
        return settings.query().map(query -> query.strip().replaceFirst(";$", "")).orElse("SELECT * FROM " + table());
    }

    int fetchSize() {
        return settings.fetchSize();
    }

    /**
     * Opens a connection.
     *
     * @param answerTimeout how long the database may take for an answer; empty for any time
     * @throws DatabaseException if the database cannot be reached, or rejects the user
     */
    public Connection connect(Optional<Duration> answerTimeout) {
        Properties properties = new Properties();
        settings.username().ifPresent(user -> properties.setProperty("user", user));
        settings.password().ifPresent(password -> properties.setProperty("password", password));
        String seconds = Long.toString(Math.max(1, settings.connectTimeout().toSeconds()));
        properties.setProperty("connectTimeout", seconds);
        properties.setProperty("socketTimeout", Long.toString(answerTimeout.map(Duration::toSeconds).orElse(0L)));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("ApplicationName", "freshet");
        // values are needed as texts
        properties.setProperty("binaryTransfer", "false");
        try {
            return Objects.requireNonNull(new Driver().connect(settings.url(), properties));
        } catch (SQLException e) {
            throw failure("cannot be reached", e);
        }
    }

    /** Returns the exception for a failure; its message contains the reason that the database gives. */
    DatabaseException failure(String what, SQLException e) {
        // further lines are details, such as the values of a row
        return new DatabaseException("the database of the table " + name + " " + what + ": "
                + String.valueOf(e.getMessage()).lines().findFirst().orElse(""), e);
    }

    @Override
    public String toString() {
        return "table " + name;
    }
}
