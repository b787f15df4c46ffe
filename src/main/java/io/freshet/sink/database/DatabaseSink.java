package io.freshet.sink.database;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.CsvEncoder;
import io.freshet.codec.CsvFieldsEncoder;
import io.freshet.codec.RecordEncoder;
import io.freshet.database.DatabaseException;
import io.freshet.database.DatabaseTable;
import io.freshet.event.FieldPath;
import io.freshet.sink.BatchDelivery;
import io.freshet.sink.Delivery;
import io.freshet.sink.Sink;
import io.freshet.sink.WriteCoalescer;
import io.freshet.table.Column;
import io.freshet.table.Schema;

/**
 * Writes records to a table of a PostgreSQL database with COPY, which writes all rows of a call or none. Batches that arrive
 * while rows are written are written together. If the database rejects a row, the rows are written in halves until that row is
 * found; it alone is rejected. A retry writes only rows whose transaction was not confirmed.
 */
public final class DatabaseSink implements Sink {

    private static final int MAX_TOGETHER = 20_000;

    private final DatabaseTable table;
    private final Executor executor;
    private final List<FieldPath> fields;
    private final RecordEncoder encoder;
    private final RowCopy copy;
    private final WriteCoalescer<CopiedRows> writes = new WriteCoalescer<>(MAX_TOGETHER, this::write);
    private volatile @Nullable List<String> lastColumns;

    /**
     * @param executor runs the blocking writes
     * @param fields the fields of records without fixed columns that are written, each to the column of its name; empty if the
     *        records have fixed columns
     * @param skipExisting whether rows that violate a unique constraint are left out instead of rejected
     */
    public DatabaseSink(DatabaseTable table, Executor executor, List<FieldPath> fields, boolean skipExisting) {
        this.table = table;
        this.executor = executor;
        this.fields = List.copyOf(fields);
        this.encoder = new TableRowEncoder(fields.isEmpty() ? new CsvEncoder() : new CsvFieldsEncoder(fields));
        this.copy = new RowCopy(table, skipExisting);
    }

    @Override
    public String kind() {
        return "table";
    }

    @Override
    public String target() {
        return table.name();
    }

    @Override
    public RecordEncoder encoder() {
        return encoder;
    }

    @Override
    public CompletionStage<Delivery> deliver(BatchDelivery batchDelivery) {
        List<String> columns = columns(batchDelivery.batch().schema());
        if (columns == null) {
            // a dead letter does not name the columns of its row
            return CompletableFuture.completedStage(new Delivery.TransientFailure(
                    "the columns of the rows are known only after the stream has delivered a batch"));
        }
        lastColumns = columns;
        CopiedRows rows = CopiedRows.of(batchDelivery, columns);
        return writes.add(rows, rows.size());
    }

    private @Nullable List<String> columns(@Nullable Schema schema) {
        if (!fields.isEmpty()) {
            return fields.stream().map(FieldPath::toString).toList();
        }
        return schema == null ? lastColumns : schema.columns().stream().map(Column::name).toList();
    }

    private CompletionStage<List<Delivery>> write(List<CopiedRows> together) {
        return CompletableFuture.supplyAsync(() -> {
            List<Delivery> outcomes = new ArrayList<>();
            for (int from = 0; from < together.size();) {
                int to = from + 1;
                while (to < together.size() && together.get(to).columns().equals(together.get(from).columns())) {
                    to++;
                }
                outcomes.addAll(Collections.nCopies(to - from, write(CopiedRows.join(together.subList(from, to)))));
                from = to;
            }
            return outcomes;
        }, executor);
    }

    private Delivery write(CopiedRows rows) {
        try {
            copy.write(rows);
            return Delivery.delivered();
        } catch (SQLException e) {
            return new Delivery.TransientFailure("table " + table.name() + ": " + RowCopy.reason(e));
        } catch (DatabaseException e) {
            return new Delivery.TransientFailure(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        copy.close();
    }
}
