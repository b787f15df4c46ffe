package io.freshet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

import io.freshet.database.DatabaseException;
import io.freshet.database.DatabaseTable;
import io.freshet.database.QueryRows;
import io.freshet.database.TablesConfig;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableReader;
import io.freshet.table.TableSample;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

/**
 * A table of a database, which a command reads by the name it has in the configuration. Commands run without the service, so
 * the configuration is read here: environment variables, system properties and {@code config/application.properties}.
 */
record ConfiguredTable(String url, Optional<String> username, Optional<String> password, Optional<String> table,
        Optional<String> query, int fetchSize, Duration connectTimeout) implements TablesConfig.Table.Jdbc {

    /** Begins the argument that names a table of a database. */
    static final String PREFIX = "table:";

    private static final Path FILE = Path.of("config/application.properties");
    private static final int FETCH_SIZE = 5000;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    static TableSample read(String argument, ReadOptions options) throws IOException {
        String name = argument.substring(PREFIX.length());
        try {
            return TableReader.read(new QueryRows(DatabaseTable.of(name, find(name))), QueryRows.INPUT, options);
        } catch (DatabaseException e) {
            throw new CommandException(ExitCode.FILES, String.valueOf(e.getMessage()));
        }
    }

    private static ConfiguredTable find(String name) throws IOException {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder().addSystemSources();
        if (Files.exists(FILE)) {
            // environment variables and system properties come first
            builder.withSources(new PropertiesConfigSource(FILE.toUri().toURL(), 260));
        }
        SmallRyeConfig config = builder.build();
        String prefix = "freshet.tables." + name + ".jdbc.";
        String url = text(config, prefix + "url").orElseThrow(() -> new CommandException(ExitCode.USAGE,
                "there is no table " + name + "; set " + prefix + "url, for example as the environment variable "
                        + (prefix + "url").replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT)));
        return new ConfiguredTable(url, text(config, prefix + "username"), text(config, prefix + "password"),
                text(config, prefix + "table"), text(config, prefix + "query"),
                config.getOptionalValue(prefix + "fetch-size", Integer.class).orElse(FETCH_SIZE),
                text(config, prefix + "connect-timeout").map(DurationConverter::parseDuration).orElse(CONNECT_TIMEOUT));
    }

    private static Optional<String> text(SmallRyeConfig config, String key) {
        return config.getOptionalValue(key, String.class);
    }

    /** Returns no settings, which include a password. */
    @Override
    public String toString() {
        return "table of a database";
    }
}
