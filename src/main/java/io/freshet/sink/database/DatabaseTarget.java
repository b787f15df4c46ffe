package io.freshet.sink.database;

import java.util.List;

import io.freshet.event.FieldPath;

/**
 * Where in a database records are written.
 *
 * @param table the name of the table in the configuration
 * @param fields the fields that are written, each to the column of its name; empty for the columns of the records
 * @param skipExisting whether rows that violate a unique constraint are left out instead of rejected
 */
public record DatabaseTarget(String table, List<FieldPath> fields, boolean skipExisting) {

    public DatabaseTarget {
        fields = List.copyOf(fields);
    }
}
