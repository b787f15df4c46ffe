package io.freshet.database;

import java.util.Map;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** A PostgreSQL server for one test class, with the table {@code orders}; nothing if PostgreSQL is not installed. */
public final class PostgresResource implements QuarkusTestResourceLifecycleManager {

    private LocalPostgres database;

    @Override
    public Map<String, String> start() {
        if (!LocalPostgres.isInstalled()) {
            return Map.of();
        }
        database = LocalPostgres.start();
        database.execute("CREATE TABLE orders (sequence bigint PRIMARY KEY, event_type text, CHECK (event_type <> 'click'))");
        database.execute("CREATE TABLE people AS SELECT i AS id, i % 60 + 18 AS age, chr(65 + i % 4) AS letter"
                + " FROM generate_series(1, 500) i");
        return Map.of("freshet.tables.orders.jdbc.url", database.url(), "freshet.tables.orders.jdbc.username",
                LocalPostgres.USER, "freshet.tables.orders.jdbc.password", LocalPostgres.PASSWORD,
                "freshet.tables.staff.jdbc.url", database.url(), "freshet.tables.staff.jdbc.username", LocalPostgres.USER,
                "freshet.tables.staff.jdbc.password", LocalPostgres.PASSWORD, "freshet.tables.staff.jdbc.query",
                "SELECT age, letter FROM people WHERE age < 70");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(database, new TestInjector.MatchesType(LocalPostgres.class));
    }

    @Override
    public void stop() {
        if (database != null) {
            database.close();
        }
    }
}
