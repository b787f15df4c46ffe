package io.freshet.stream;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

import io.freshet.stage.Expression;
import io.freshet.stage.FieldType;
import io.freshet.table.ColumnType;

/** Expressions in definitions: checked when they are read, and once more when it is known which fields there are. */
final class ExpressionDefinition {

    private static final Map<FieldType, KnownField> RESULTS = new EnumMap<>(Map.of(FieldType.TEXT, KnownField.TEXT,
            FieldType.WHOLE, KnownField.WHOLE, FieldType.NUMBER, KnownField.NUMBER, FieldType.TRUTH, KnownField.TRUTH));

    private ExpressionDefinition() {
    }

    /**
     * @param uses where the fields it reads are noted
     */
    static Expression parse(DefinitionNode node, FieldUses uses) {
        Expression expression = compile(node, Map.of());
        uses.look(fields -> {
            if (fields != null) {
                checkNames(node, expression, fields);
                compile(node, types(fields));
            }
        });
        return expression;
    }

    /** One that is true or false. */
    static Expression parseCondition(DefinitionNode node, FieldUses uses) {
        Expression expression = parse(node, uses);
        if (!expression.mayBeCondition()) {
            throw node.wrong("must be true or false of a record");
        }
        return expression;
    }

    /** What is known of the result. */
    static KnownField result(Expression expression) {
        return RESULTS.getOrDefault(expression.type(), KnownField.UNKNOWN);
    }

    private static Expression compile(DefinitionNode node, Map<String, FieldType> types) {
        try {
            return Expression.of(node.text(), types);
        } catch (IllegalArgumentException e) {
            throw node.wrong(String.valueOf(e.getMessage()));
        }
    }

    private static void checkNames(DefinitionNode node, Expression expression, Map<String, KnownField> fields) {
        for (String name : expression.fields()) {
            if (!fields.containsKey(name)) {
                throw node.wrong("names no field: " + name + "; there are " + String.join(", ", FieldUses.names(fields)));
            }
        }
    }

    private static Map<String, FieldType> types(Map<String, KnownField> fields) {
        Map<String, FieldType> types = new HashMap<>();
        fields.forEach((name, field) -> types.put(name, type(field)));
        return types;
    }

    private static FieldType type(KnownField field) {
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
