package io.freshet.stream.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.freshet.event.FieldPath;
import io.freshet.stage.Comparison;
import io.freshet.stage.Condition;
import io.freshet.stage.Operator;
import io.freshet.stage.RelativeTime;

/**
 * Parses a condition on a record: {@code {field, op, value}}, conditions under {@code all}, {@code any} or {@code not}, or an
 * {@code expression}.
 */
final class ConditionDefinition {

    private static final String[] FORMS = { "all", "and", "any", "or", "not", "field", "expression" };

    private ConditionDefinition() {
    }

    /** @param uses records the fields that the condition reads */
    static Condition parse(DefinitionNode node, FieldLineage uses) {
        return parseForms(node.synonym("operator", "op").synonym("values", "value"), uses);
    }

    private static Condition parseForms(DefinitionNode node, FieldLineage uses) {
        node.object("all", "and", "any", "or", "not", "field", "op", "value", "expression");
        List<String> forms = List.of(FORMS).stream().filter(form -> node.json().has(form)).toList();
        if (forms.size() != 1) {
            throw node.wrong("must have exactly one of all, any, not, field, expression");
        }
        String form = forms.get(0);
        if (form.equals("field")) {
            return comparison(node, uses);
        }
        if (node.json().size() > 1) {
            throw node.wrong("must not have other fields besides " + form);
        }
        DefinitionNode inner = node.get(form);
        if (form.equals("expression")) {
            return Condition.of(ExpressionDefinition.parseCondition(inner, uses));
        }
        if (form.equals("not")) {
            return Condition.not(parse(inner, uses));
        }
        List<Condition> parts = list(inner, uses);
        return form.equals("all") || form.equals("and") ? Condition.all(parts) : Condition.any(parts);
    }

    private static List<Condition> list(DefinitionNode node, FieldLineage uses) {
        List<Condition> conditions = new ArrayList<>();
        for (DefinitionNode each : node.elements("conditions")) {
            conditions.add(parse(each, uses));
        }
        return conditions;
    }

    private static Condition comparison(DefinitionNode node, FieldLineage uses) {
        FieldPath field = uses.read(node.get("field"));
        DefinitionNode op = node.get("op");
        Operator operator = Operator.find(op.text())
                .orElseThrow(() -> op.wrong("must be one of " + String.join(", ", Operator.ids())));
        boolean given = node.json().has("value");
        if (!given && operator != Operator.EXISTS) {
            throw node.get("value").wrong("is missing");
        }
        Optional<DefinitionNode> value = given ? Optional.of(node.member("value")) : Optional.empty();
        if (operator == Operator.EXISTS) {
            return Comparison.of(field, operator, value.map(DefinitionNode::flag).orElse(true));
        }
        DefinitionNode expected = value.orElseThrow();
        Object wanted = value(expected, operator);
        uses.look(fields -> ComparableTypes.check(expected, operator, wanted, field, fields));
        try {
            return Comparison.of(field, operator, wanted);
        } catch (IllegalArgumentException e) {
            throw expected.wrong(String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable Object value(DefinitionNode node, Operator operator) {
        Object value = node.value();
        boolean mayMove = operator.isOrder() || operator == Operator.EQUALS || operator == Operator.NOT_EQUALS;
        if (mayMove && value instanceof String text) {
            return RelativeTime.parse(text).map(Object.class::cast).orElse(text);
        }
        return value;
    }
}
