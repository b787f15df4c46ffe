package io.freshet.sink.database;

import java.util.concurrent.ExecutorService;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

import io.freshet.database.DatabaseException;
import io.freshet.database.DatabaseTables;
import io.freshet.sink.Sink;
import io.freshet.thread.ThreadKind;
import io.freshet.thread.Threads;

/** Creates sinks that write to tables of databases. Each connects when its first batch is delivered. */
@ApplicationScoped
public class TableSinks {

    private final DatabaseTables tables;
    private final ExecutorService executor = Threads.cached(ThreadKind.DATABASE);

    public TableSinks(DatabaseTables tables) {
        this.tables = tables;
    }

    /**
     * Checks the settings of a table without connecting.
     *
     * @throws DatabaseException if the table is not configured, or its settings are not valid
     */
    public void check(DatabaseTarget target) {
        tables.get(target.table());
    }

    /**
     * Creates a sink.
     *
     * @throws DatabaseException if the table is not configured, or its settings are not valid
     */
    public Sink sink(DatabaseTarget target) {
        return new DatabaseSink(tables.get(target.table()), executor, target.fields(), target.skipExisting());
    }

    @PreDestroy
    void close() {
        executor.shutdown();
    }
}
