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
 * Arranges the columns of a schema as members of a JSON object. Columns whose path leads through objects become members of
 * those objects, each of which takes the position of its first member. If a column blocks the path of another, it keeps its
 * place and the other becomes a member of the outermost object under its own name. An object with a column of its own is null
 * where that column has no value.
 */
final class JsonLayout {

    private static final String MISSING = "null";

    private final List<Layout.Field> fields = new ArrayList<>();
    private final Set<String> names = new HashSet<>(Layout.METADATA);
    private final Set<List<String>> paths = new HashSet<>();
    private String pending = "";

    /**
     * A JSON object.
     *
     * @param members a column or an object each
     * @param column the column that says which rows have it, or none
     */
    private record Node(Map<String, Object> members, List<Integer> column) {

        private Node() {
            this(new LinkedHashMap<>(), new ArrayList<>());
        }
    }

    private JsonLayout(Schema schema) {
        for (Column column : schema.columns()) {
            if (!column.isObject()) {
                names.add(column.name());
                paths.add(column.path());
            }
        }
    }

    static Layout of(Schema schema, boolean metadata) {
        JsonLayout layout = new JsonLayout(schema);
        Node root = new Node();
        for (int c = 0; c < schema.size(); c++) {
            Column column = schema.column(c);
            if (!metadata || !Layout.METADATA.contains(column.name())) {
                layout.place(root, column, c);
            }
        }
        layout.add(root, List.of());
        return new Layout(layout.fields, MISSING, layout.pending);
    }

    /** Returns whether each step of the path can be an object. */
    private boolean isFree(Column column) {
        List<String> path = column.path();
        boolean free = (path.size() > 1 || column.isObject()) && !names.contains(path.get(0));
        for (int steps = 1; steps < path.size() && free; steps++) {
            free = !paths.contains(path.subList(0, steps));
        }
        return free;
    }

    private void place(Node root, Column column, int index) {
        if (!isFree(column)) {
            root.members.put(column.name(), index);
        } else if (column.isObject()) {
            object(root, column.path()).column.add(index);
        } else {
            List<String> path = column.path();
            object(root, path.subList(0, path.size() - 1)).members.put(path.get(path.size() - 1), index);
        }
    }

    private static Node object(Node root, List<String> path) {
        Node object = root;
        for (String step : path) {
            object = (Node) object.members.computeIfAbsent(step, name -> new Node());
        }
        return object;
    }

    private void add(Node object, List<Integer> within) {
        List<Integer> inside = new ArrayList<>(within);
        if (object.column.isEmpty()) {
            pending += "{";
        } else {
            inside.add(object.column.get(0));
            flush(object.column.get(0), Layout.Part.OBJECT, within);
        }
        String between = "";
        for (Map.Entry<String, Object> member : object.members.entrySet()) {
            pending += between + JsonText.quoted(member.getKey()) + ":";
            between = ",";
            if (member.getValue() instanceof Integer column) {
                flush(column, Layout.Part.VALUE, inside);
            } else {
                add((Node) member.getValue(), inside);
            }
        }
        pending += "}";
        if (!object.column.isEmpty()) {
            flush(object.column.get(0), Layout.Part.END_OF_OBJECT, inside);
        }
    }

    private void flush(int column, Layout.Part part, List<Integer> within) {
        fields.add(new Layout.Field(column, pending, part, within));
        pending = "";
    }
}
