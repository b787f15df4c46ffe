package io.freshet.table;

import java.util.Objects;

/**
 * A named, typed column.
 *
 * @param name as the input spells it; never empty, unique within a {@link Schema}
 * @param type what its values are
 * @param nullable whether values may be missing
 */
public record Column(String name, ColumnType type, boolean nullable) {

    public Column {
        Objects.requireNonNull(type, "type");
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a column needs a name");
        }
    }
}
