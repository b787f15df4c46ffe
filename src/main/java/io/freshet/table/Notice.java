package io.freshet.table;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Something about a table or its model that the owner may not expect. It is not an error, but worth a look.
 *
 * @param column the column that it is about; null for the whole table
 * @param row the row that it is about, counted from 1; null if it is not about one row
 * @param message a whole sentence
 */
public record Notice(@Nullable String column, @Nullable Long row, String message) {

    public Notice {
        Objects.requireNonNull(message, "message");
    }

    public static Notice ofTable(String message) {
        return new Notice(null, null, message);
    }

    public static Notice ofColumn(String column, String message) {
        return new Notice(column, null, message);
    }
}
