package io.freshet.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.freshet.parquet.RowReceiver;
import io.freshet.table.RowSource;

/**
 * The rows of a table's query. They are fetched through a cursor in a transaction that only reads, so that memory holds a
 * fixed number of rows, and all rows are of one moment.
 */
public final class QueryRows implements RowSource {

    /** What the rows come from, in messages. */
    public static final String INPUT = "the query";

    private final DatabaseTable table;

    public QueryRows(DatabaseTable table) {
        this.table = table;
    }

    /** @throws DatabaseException if the database cannot be reached, or the query fails */
    @Override
    public void read(RowReceiver into) throws IOException {
        try (Connection connection = table.connect(Optional.empty())) {
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                // instants are the same wherever Freshet runs
                statement.execute("SET TIME ZONE 'UTC'");
                statement.setFetchSize(table.fetchSize());
                try (ResultSet rows = statement.executeQuery(table.query())) {
                    read(rows, into);
                }
            }
        } catch (SQLException e) {
            throw table.failure("rejects the query", e);
        }
    }

    private static void read(ResultSet rows, RowReceiver into) throws SQLException {
        List<QueryColumn> columns = columns(rows.getMetaData(), into);
        while (rows.next()) {
            into.beginRow();
            for (QueryColumn column : columns) {
                column.read(rows);
            }
            into.endRow();
        }
    }

    private static List<QueryColumn> columns(ResultSetMetaData result, RowReceiver into) throws SQLException {
        List<QueryColumn> columns = new ArrayList<>();
        for (int i = 1; i <= result.getColumnCount(); i++) {
            columns.add(new QueryColumn(i, QueryType.of(result.getColumnTypeName(i), result.getColumnLabel(i)),
                    into.column(List.of(result.getColumnLabel(i)))));
        }
        return columns;
    }

    /** A column of the result, by its index from 1. */
    private record QueryColumn(int index, QueryType type, RowReceiver.Values values) {

        void read(ResultSet rows) throws SQLException {
            byte[] text = rows.getBytes(index);
            if (text != null) {
                byte[] value = type == QueryType.TEXT || type == QueryType.NUMBER ? text
                        : type.convert(new String(text, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
                if (value.length > 0 || type == QueryType.TEXT) {
                    values.take(value, value.length, type.kind());
                }
            }
        }
    }
}
