package io.freshet.parquet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.SchemaElement;
import org.jspecify.annotations.Nullable;

/** The schema of a file as its footer lists it: each group is followed by its fields. */
final class SchemaElements {

    private SchemaElements() {
    }

    /** A group, or a column if it has no fields. */
    private static final class Node {
        private final Map<String, Node> fields = new LinkedHashMap<>();
        private @Nullable FileColumn column;
        private boolean optional;
    }

    static List<SchemaElement> of(List<FileColumn> columns) {
        Node root = tree(columns);
        List<SchemaElement> elements = new ArrayList<>();
        elements.add(new SchemaElement("schema").setNum_children(root.fields.size()));
        add(root, elements);
        return elements;
    }

    private static Node tree(List<FileColumn> columns) {
        Node root = new Node();
        for (FileColumn column : columns) {
            Node node = root;
            for (int step = 0; step < column.path().size(); step++) {
                node = node.fields.computeIfAbsent(column.path().get(step), name -> new Node());
                node.optional |= column.optionalGroups().contains(step);
            }
            node.column = column;
        }
        return root;
    }

    /** Returns the columns in the order that a file requires: columns of one group are adjacent. */
    static List<FileColumn> inOrder(List<FileColumn> columns) {
        List<FileColumn> ordered = new ArrayList<>();
        collect(tree(columns), ordered);
        return ordered;
    }

    private static void collect(Node node, List<FileColumn> into) {
        FileColumn column = node.column;
        if (column != null) {
            into.add(column);
        }
        node.fields.values().forEach(field -> collect(field, into));
    }

    private static void add(Node group, List<SchemaElement> elements) {
        group.fields.forEach((name, node) -> {
            FileColumn column = node.column;
            if (column != null) {
                elements.add(leaf(name, column));
            } else {
                elements.add(new SchemaElement(name).setRepetition_type(repetition(node.optional))
                        .setNum_children(node.fields.size()));
                add(node, elements);
            }
        });
    }

    private static FieldRepetitionType repetition(boolean optional) {
        return optional ? FieldRepetitionType.OPTIONAL : FieldRepetitionType.REQUIRED;
    }

    private static SchemaElement leaf(String name, FileColumn column) {
        SchemaElement element = new SchemaElement(name).setType(column.kind().physical())
                .setRepetition_type(repetition(column.nullable()));
        if (column.kind().logical(column.scale()) != null) {
            element.setLogicalType(column.kind().logical(column.scale()));
        }
        ConvertedType converted = converted(column.kind());
        if (converted != null) {
            element.setConverted_type(converted);
        }
        return column.kind() == ColumnKind.DECIMAL
                ? element.setScale(column.scale()).setPrecision(ColumnKind.DECIMAL_PRECISION)
                : element;
    }

    /** Returns the annotation for readers that do not know logical types. */
    private static @Nullable ConvertedType converted(ColumnKind kind) {
        return switch (kind) {
            // the older annotation for times of day means UTC
            case INT, LONG, DOUBLE, BOOL, TIME -> null;
            case DECIMAL -> ConvertedType.DECIMAL;
            case DATE -> ConvertedType.DATE;
            case TIMESTAMP -> ConvertedType.TIMESTAMP_MILLIS;
            case TIMESTAMP_MICROS -> ConvertedType.TIMESTAMP_MICROS;
            case TEXT -> ConvertedType.UTF8;
            case JSON -> ConvertedType.JSON;
        };
    }
}
