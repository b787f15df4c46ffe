package io.freshet.stream;

import java.util.ArrayList;
import java.util.List;

import io.freshet.event.FieldPath;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.Schema;

/** What records are said to have: {@code [{name, type, nullable, digits}]}. */
final class ColumnDefinition {

    private static final List<String> TYPES = List.of("text", "integer", "floating", "decimal", "boolean");
    private static final int MOST_DIGITS = 18;

    private ColumnDefinition() {
    }

    static Schema parse(DefinitionNode node) {
        List<Column> columns = new ArrayList<>();
        for (DefinitionNode each : node.elements("{name, type, nullable, digits}")) {
            each.object("name", "type", "nullable", "digits");
            columns.add(new Column(name(each.get("name")), type(each),
                    each.find("nullable").map(DefinitionNode::flag).orElse(true)));
        }
        try {
            return new Schema(columns);
        } catch (IllegalArgumentException e) {
            throw node.wrong("must have each name once: " + e.getMessage());
        }
    }

    private static String name(DefinitionNode node) {
        try {
            return FieldPath.of(node.text()).toString();
        } catch (IllegalArgumentException e) {
            throw node.wrong("must be a field: " + e.getMessage());
        }
    }

    private static ColumnType type(DefinitionNode node) {
        String type = node.oneOf("type", TYPES);
        if (!type.equals("decimal") && node.find("digits").isPresent()) {
            throw node.get("digits").wrong("is for the type decimal");
        }
        return switch (type) {
            case "integer" -> new ColumnType.Whole();
            case "floating" -> new ColumnType.Floating();
            case "decimal" -> new ColumnType.Decimal((int) node.get("digits").integer(1, MOST_DIGITS));
            case "boolean" -> new ColumnType.Bool("false", "true");
            default -> new ColumnType.FreeText();
        };
    }
}
