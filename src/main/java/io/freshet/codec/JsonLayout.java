package io.freshet.codec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.freshet.table.Column;
import io.freshet.table.Schema;

/**
 * How the columns of a schema become members of a JSON object. Columns whose path goes through objects become members of those
 * objects, each of which stands where its first member would. A column that is in the way of another's path keeps its place;
 * the other is a member of the outermost object, under its own name.
 */
final class JsonLayout {

    private static final String MISSING = "null";

    private final List<Layout.Field> fields = new ArrayList<>();
    private final Set<String> names = new HashSet<>(Layout.METADATA);
    private final Set<List<String>> paths = new HashSet<>();
    private String pending = "";

    private JsonLayout(Schema schema) {
        for (Column column : schema.columns()) {
            names.add(column.name());
            paths.add(column.path());
        }
    }

    static Layout of(Schema schema, boolean metadata) {
        JsonLayout layout = new JsonLayout(schema);
        Map<String, Object> root = new LinkedHashMap<>();
        for (int c = 0; c < schema.size(); c++) {
            Column column = schema.column(c);
            if (!metadata || !Layout.METADATA.contains(column.name())) {
                place(root, layout.isFree(column.path()) ? column.path() : List.of(column.name()), c);
            }
        }
        layout.add(root);
        return new Layout(layout.fields, MISSING, layout.pending);
    }

    /** Whether there can be an object at each step of the path. */
    private boolean isFree(List<String> path) {
        boolean free = path.size() > 1 && !names.contains(path.get(0));
        for (int steps = 1; steps < path.size() && free; steps++) {
            free = !paths.contains(path.subList(0, steps));
        }
        return free;
    }

    @SuppressWarnings("unchecked")
    private static void place(Map<String, Object> root, List<String> path, int column) {
        Map<String, Object> object = root;
        for (String step : path.subList(0, path.size() - 1)) {
            object = (Map<String, Object>) object.computeIfAbsent(step, name -> new LinkedHashMap<String, Object>());
        }
        object.put(path.get(path.size() - 1), column);
    }

    @SuppressWarnings("unchecked")
    private void add(Map<String, Object> object) {
        pending += "{";
        String between = "";
        for (Map.Entry<String, Object> member : object.entrySet()) {
            pending += between + JsonText.quoted(member.getKey()) + ":";
            between = ",";
            if (member.getValue() instanceof Integer column) {
                fields.add(new Layout.Field(column, pending));
                pending = "";
            } else {
                add((Map<String, Object>) member.getValue());
            }
        }
        pending += "}";
    }
}
