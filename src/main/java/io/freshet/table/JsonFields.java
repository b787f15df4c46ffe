package io.freshet.table;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** The fields of objects that were met so far, each with its column or its own fields: a row costs no string for its paths. */
final class JsonFields {

    private final String path;
    private final TableBuilder table;
    private final Map<String, JsonFields> children = new HashMap<>();
    private @Nullable ColumnBuilder column;

    private JsonFields(String path, TableBuilder table) {
        this.path = path;
        this.table = table;
    }

    static JsonFields root(TableBuilder table) {
        return new JsonFields("", table);
    }

    JsonFields field(String name) {
        JsonFields known = children.get(name);
        if (known == null) {
            if (children.size() == TableBuilder.MOST_COLUMNS) {
                throw new TableException("an object has more than " + TableBuilder.MOST_COLUMNS + " different fields");
            }
            known = new JsonFields(path.isEmpty() ? name : path + '.' + name, table);
            children.put(name, known);
        }
        return known;
    }

    /** The column that holds the values at this path. */
    ColumnBuilder column() {
        ColumnBuilder known = column;
        if (known == null) {
            if (path.isBlank()) {
                throw new TableException("element " + table.rows() + " has a field without a name");
            }
            known = table.column(path);
            column = known;
        }
        return known;
    }

    String path() {
        return path;
    }
}
