package io.freshet.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The fields of the objects read so far, each with its column or its nested fields, so that a row does not create strings for
 * its paths.
 */
final class JsonFields {

    private final String path;
    private final List<String> steps;
    private final TableBuilder table;
    private final Map<String, JsonFields> children = new HashMap<>();
    private @Nullable ColumnBuilder column;
    private @Nullable ObjectPresence presence;

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
            if (children.size() == TableBuilder.MAX_COLUMNS) {
                throw new TableException("an object has more than " + TableBuilder.MAX_COLUMNS + " different fields");
            }
            List<String> further = new ArrayList<>(steps);
            further.add(name);
            known = new JsonFields(String.join(".", further), further, table);
            children.put(name, known);
        }
        return known;
    }

    /** Returns the column that holds the values at this path. */
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

    /** Records that the current row has an object at this path. */
    void object() {
        ObjectPresence known = presence;
        if (known == null) {
            known = table.object(steps);
            presence = known;
        }
        table.put(known);
    }

    String path() {
        return path;
    }
}
