package io.freshet.table;

import java.util.List;
import java.util.Objects;

/**
 * A named, typed column.
 *
 * @param name as the input spells it; never empty, unique within a {@link Schema}
 * @param type what its values are
 * @param nullable whether values may be missing
 * @param path where a JSON object has it: the names of the objects it is in, from outside, and its own; just the name, unless
 *        the column came from objects in objects
 */
public record Column(String name, ColumnType type, boolean nullable, List<String> path) {

    public Column {
        Objects.requireNonNull(type, "type");
        path = List.copyOf(path);
        if (name.isEmpty() || path.isEmpty()) {
            throw new IllegalArgumentException("a column needs a name");
        }
    }

    /** A column that stands in no object but the record itself. */
    public Column(String name, ColumnType type, boolean nullable) {
        this(name, type, nullable, List.of(name));
    }

    /** Whether it stands in an object within the record. */
    public boolean isNested() {
        return path.size() > 1;
    }
}
