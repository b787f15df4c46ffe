package io.freshet.codec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.freshet.table.Column;
import io.freshet.table.Schema;

/** How the columns of a schema become members of a JSON object. */
final class JsonLayout {

    private static final String MISSING = "null";

    private final List<Layout.Field> fields = new ArrayList<>();
    private String pending = "{";

    private JsonLayout() {
    }

    static Layout flat(Schema schema, boolean metadata) {
        JsonLayout layout = new JsonLayout();
        columns(schema, metadata).forEach(column -> layout.add(schema.column(column).name(), column));
        return layout.finish();
    }

    /**
     * Dotted names as objects in objects: {@code a.b} and {@code a.c} as {@code "a":{"b":…,"c":…}}, where the first of them
     * stands. A name stays as it is where its path is not one: an empty part, or a part of it is itself a column.
     */
    static Layout nested(Schema schema, boolean metadata) {
        Set<String> names = schema.columns().stream().map(Column::name).collect(Collectors.toSet());
        Map<String, Object> root = new LinkedHashMap<>();
        columns(schema, metadata).forEach(column -> {
            String name = schema.column(column).name();
            place(root, isPath(name, names) ? List.of(name.split("\\.", -1)) : List.of(name), column);
        });
        JsonLayout layout = new JsonLayout();
        layout.addAll(root);
        return layout.finish();
    }

    private static IntStream columns(Schema schema, boolean metadata) {
        return IntStream.range(0, schema.size())
                .filter(column -> !metadata || !Layout.METADATA.contains(schema.column(column).name()));
    }

    private static boolean isPath(String name, Set<String> names) {
        if (name.startsWith(".") || name.endsWith(".") || name.contains("..")) {
            return false;
        }
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
            String part = name.substring(0, dot);
            if (names.contains(part) || Layout.METADATA.contains(part)) {
                return false;
            }
        }
        return true;
    }

    @SuppressWarnings("unchecked")
    private static void place(Map<String, Object> root, List<String> path, int column) {
        Map<String, Object> object = root;
        for (String part : path.subList(0, path.size() - 1)) {
            object = (Map<String, Object>) object.computeIfAbsent(part, name -> new LinkedHashMap<String, Object>());
        }
        object.put(path.get(path.size() - 1), column);
    }

    @SuppressWarnings("unchecked")
    private void addAll(Map<String, Object> members) {
        members.forEach((name, member) -> {
            if (member instanceof Integer column) {
                add(name, column);
            } else {
                pending += JsonDialect.quoted(name) + ":{";
                addAll((Map<String, Object>) member);
                pending = pending.replaceFirst(",$", "") + "},";
            }
        });
    }

    private void add(String name, int column) {
        fields.add(new Layout.Field(column, pending + JsonDialect.quoted(name) + ":"));
        pending = ",";
    }

    private Layout finish() {
        String closing = pending.equals("{") ? "{" : pending.replaceFirst(",$", "");
        return new Layout(fields, MISSING, closing + "}");
    }
}
