package io.freshet.sink.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

import io.freshet.database.DatabaseTable;

/**
 * Copies rows into a table over one connection, which it opens when it is first needed and again after a failure. Thread-safe.
 */
final class RowCopy implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(DatabaseSink.class);
    /** Shorter than the longest write of a sink, so that no write continues after it has failed. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(50);
    private static final String STAGED = "freshet_rows";
    /** Classes of SQL states that concern a row: values of the wrong type, and violated constraints. */
    private static final List<String> ROW_ERRORS = List.of("22", "23");

    private final DatabaseTable table;
    private final boolean skipExisting;
    private @Nullable Connection connection;

    RowCopy(DatabaseTable table, boolean skipExisting) {
        this.table = table;
        this.skipExisting = skipExisting;
    }

    /**
     * Writes rows and marks each as delivered or rejected.
     *
     * @throws SQLException if the database fails; rows that are not marked then may be written again
     */
    synchronized void write(CopiedRows rows) throws SQLException {
        if (rows.size() == 0) {
            return;
        }
        try {
            copy(rows);
            rows.markDelivered();
        } catch (SQLException e) {
            if (!isRowError(e)) {
                close();
                throw e;
            }
            connection().rollback();
            if (rows.size() == 1) {
                rows.reject("table " + table.name() + " rejects the row: " + reason(e));
                return;
            }
            write(rows.part(0, rows.size() / 2));
            write(rows.part(rows.size() / 2, rows.size()));
        }
    }

    private void copy(CopiedRows rows) throws SQLException {
        Connection to = connection();
        String columns = rows.columns().stream().map(RowCopy::quoted).collect(Collectors.joining(", ", "(", ")"));
        if (skipExisting) {
            String list = columns.substring(1, columns.length() - 1);
            execute(to, "CREATE TEMP TABLE " + STAGED + " ON COMMIT DROP AS SELECT " + list + " FROM " + table.table()
                    + " WITH NO DATA");
            stream(to, STAGED + columns, rows);
            execute(to, "INSERT INTO " + table.table() + columns + " SELECT " + list + " FROM " + STAGED
                    + " ON CONFLICT DO NOTHING");
        } else {
            stream(to, table.table() + columns, rows);
        }
        to.commit();
    }

    private static void execute(Connection to, String sql) throws SQLException {
        try (Statement statement = to.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void stream(Connection to, String target, CopiedRows rows) throws SQLException {
        // with a single column, a missing value is quoted too
        String nulls = rows.columns().size() == 1 ? ", FORCE_NULL (" + quoted(rows.columns().get(0)) + ")" : "";
        CopyIn copy = to.unwrap(PGConnection.class).getCopyAPI()
                .copyIn("COPY " + target + " FROM STDIN (FORMAT csv" + nulls + ", ENCODING 'UTF8')");
        try {
            for (int row = 0; row < rows.size(); row++) {
                byte[] line = rows.line(row);
                copy.writeToCopy(line, 0, line.length);
            }
            long written = copy.endCopy();
            if (written != rows.size()) {
                // a line that consists of \. ends the input
                throw new SQLException("wrote " + written + " of " + rows.size() + " rows", "22000");
            }
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private Connection connection() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = table.connect(Optional.of(ANSWER_TIMEOUT));
            open.setAutoCommit(false);
            connection = open;
            LOG.infof("Database of a sink connected: table=%s", table.name());
        }
        return open;
    }

    private static boolean isRowError(SQLException e) {
        return e.getSQLState() != null && ROW_ERRORS.contains(e.getSQLState().substring(0, 2));
    }

    /** Returns the reason of a failure. It does not contain values of rows, which the message of the database may repeat. */
    static String reason(SQLException e) {
        ServerErrorMessage server = e instanceof PSQLException thrown ? thrown.getServerErrorMessage() : null;
        if (server == null || !isRowError(e)) {
            return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        }
        return state(String.valueOf(e.getSQLState())) + named(" of the constraint ", server.getConstraint())
                + named(" in the column ", column(server));
    }

    private static String named(String label, @Nullable String name) {
        return name == null ? "" : label + name;
    }

    /** Returns the column of a value that cannot be read, which only the context of the message names. */
    private static @Nullable String column(ServerErrorMessage server) {
        if (server.getColumn() != null || server.getWhere() == null) {
            return server.getColumn();
        }
        String[] context = server.getWhere().split("\\R", 2)[0].split(", column ", 2);
        return context.length < 2 ? null : context[1].split(":", 2)[0];
    }

    private static String state(String state) {
        return switch (state) {
            case "23505" -> "a violation (unique)";
            case "23502" -> "a violation (not null)";
            case "23503" -> "a violation (foreign key)";
            case "23514" -> "a violation (check)";
            case "22001" -> "a text that is too long";
            case "22003" -> "a number that is out of range";
            case "22007", "22008" -> "an invalid date or time";
            case "22P02" -> "a value of another type";
            default -> "SQL state " + state;
        };
    }

    @Override
    public synchronized void close() {
        Connection open = connection;
        connection = null;
        try {
            if (open != null) {
                open.close();
            }
        } catch (SQLException e) {
            LOG.debugf(e, "Connection could not be closed: table=%s", table.name());
        }
    }
}
