package io.freshet.stream.definition;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import io.freshet.event.FieldPath;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.DateTimeFormat;
import io.freshet.table.Schema;

/** Parses the columns that a definition declares for its records: {@code [{name, type, nullable, digits}]}. */
final class ColumnDefinition {

    private static final List<String> TYPES = List.of("text", "integer", "floating", "decimal", "boolean", "date", "time",
            "datetime");
    private static final int MAX_DIGITS = 18;
    private static final ColumnType DATE = dateTime("uuuu-MM-dd", ChronoUnit.DAYS);
    private static final ColumnType TIME = dateTime("HH:mm:ss.SSS", ChronoUnit.MILLIS);
    private static final ColumnType INSTANT = dateTime("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", ChronoUnit.MILLIS);

    private ColumnDefinition() {
    }

    private static ColumnType dateTime(String pattern, ChronoUnit resolution) {
        return new ColumnType.DateTime(DateTimeFormat.of(pattern, resolution));
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
            throw node.wrong("must not repeat a name: " + e.getMessage());
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
            throw node.get("digits").wrong("is only allowed for the type decimal");
        }
        return switch (type) {
            case "integer" -> new ColumnType.Whole();
            case "floating" -> new ColumnType.Floating();
            case "decimal" -> new ColumnType.Decimal((int) node.get("digits").integer(1, MAX_DIGITS));
            case "boolean" -> new ColumnType.Bool("false", "true");
            case "date" -> DATE;
            case "time" -> TIME;
            case "datetime" -> INSTANT;
            default -> new ColumnType.FreeText();
        };
    }
}
