package io.freshet.stream.definition;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

import io.freshet.stage.Expression;
import io.freshet.stage.FieldType;
import io.freshet.table.ColumnType;

/**
 * Parses the expressions of definitions. They are checked when they are parsed, and again when the available fields are known.
 */
final class ExpressionDefinition {

    private static final Map<FieldType, FieldInfo> RESULTS = new EnumMap<>(Map.of(FieldType.TEXT, FieldInfo.TEXT,
            FieldType.WHOLE, FieldInfo.WHOLE, FieldType.NUMBER, FieldInfo.NUMBER, FieldType.TRUTH, FieldInfo.TRUTH));

    private ExpressionDefinition() {
    }

    /** @param uses records the fields that the expression reads */
    static Expression parse(DefinitionNode node, FieldLineage uses) {
        Expression expression = compile(node, Map.of());
        uses.look(fields -> {
            if (fields != null) {
                checkNames(node, expression, fields);
                compile(node, types(fields));
            }
        });
        return expression;
    }

    /** Parses an expression whose result is a boolean. */
    static Expression parseCondition(DefinitionNode node, FieldLineage uses) {
        Expression expression = parse(node, uses);
        uses.look(fields -> {
            if (fields != null && !compile(node, types(fields)).mayBeCondition()) {
                throw node.wrong("must be true or false of a record");
            }
        });
        if (!expression.mayBeCondition()) {
            throw node.wrong("must be true or false of a record");
        }
        return expression;
    }

    /** Returns what is known of the result. */
    static FieldInfo result(Expression expression) {
        return RESULTS.getOrDefault(expression.type(), FieldInfo.UNKNOWN);
    }

    private static Expression compile(DefinitionNode node, Map<String, FieldType> types) {
        try {
            return Expression.of(node.text(), types);
        } catch (IllegalArgumentException e) {
            throw node.wrong(String.valueOf(e.getMessage()));
        }
    }

    private static void checkNames(DefinitionNode node, Expression expression, Map<String, FieldInfo> fields) {
        for (String name : expression.fields()) {
            if (!fields.containsKey(name)) {
                throw node.wrong("refers to an unknown field: " + name + "; expected one of "
                        + String.join(", ", FieldLineage.names(fields)));
            }
        }
    }

    private static Map<String, FieldType> types(Map<String, FieldInfo> fields) {
        Map<String, FieldType> types = new HashMap<>();
        fields.forEach((name, field) -> types.put(name, type(field)));
        return types;
    }

    private static FieldType type(FieldInfo field) {
        ColumnType type = field.type();
        if (type instanceof ColumnType.Whole) {
            return field.nullable() ? FieldType.WHOLE_OR_NULL : FieldType.WHOLE;
        }
        if (type instanceof ColumnType.Decimal || type instanceof ColumnType.Floating) {
            return field.nullable() ? FieldType.NUMBER_OR_NULL : FieldType.NUMBER;
        }
        if (type instanceof ColumnType.Bool) {
            return field.nullable() ? FieldType.TRUTH_OR_NULL : FieldType.TRUTH;
        }
        boolean text = type instanceof ColumnType.Categorical || type instanceof ColumnType.FreeText
                || type instanceof ColumnType.DateTime
                || type instanceof ColumnType.Identifier identifier && !identifier.number();
        return !text ? FieldType.ANY : field.nullable() ? FieldType.TEXT_OR_NULL : FieldType.TEXT;
    }
}
