package io.freshet.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** The fields of objects that were met so far, each with its column or its own fields: a row costs no string for its paths. */
final class JsonFields {

    private final String path;
    private final List<String> steps;
    private final TableBuilder table;
    private final Map<String, JsonFields> children = new HashMap<>();
    private @Nullable ColumnBuilder column;

    private JsonFields(String path, List<String> steps, TableBuilder table) {
        this.path = path;
        this.steps = steps;
        this.table = table;
    }

    static JsonFields root(TableBuilder table) {
        return new JsonFields("", List.of(), table);
    }

    JsonFields field(String name) {
        JsonFields known = children.get(name);
        if (known == null) {
            if (children.size() == TableBuilder.MOST_COLUMNS) {
                throw new TableException("an object has more than " + TableBuilder.MOST_COLUMNS + " different fields");
            }
            List<String> further = new ArrayList<>(steps);
            further.add(name);
            known = new JsonFields(String.join(".", further), further, table);
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
            known = table.column(path, steps);
            column = known;
        }
        return known;
    }

    String path() {
        return path;
    }
}
