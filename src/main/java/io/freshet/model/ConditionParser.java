package io.freshet.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Parses conditions from JSON: {@code {"age": {"gte": 21}, "region": "West", "fraud": true}}. A bare value stands for {@code
 * eq}, a bare list for {@code in}, and {@code null} for {@code is_null}.
 */
public final class ConditionParser {

    private ConditionParser() {
    }

    /**
     * @param json values are String, Boolean, Number, List, Map or null
     * @throws ConditionException if an operator is unknown or its operands do not fit it
     */
    public static Conditions parse(Map<String, ?> json) {
        List<ColumnCondition> conditions = new ArrayList<>();
        json.forEach((column, value) -> {
            if (value instanceof Map<?, ?> operators) {
                if (operators.isEmpty()) {
                    throw new ConditionException(column, column + " has no operator; expected one of " + Operator.ids());
                }
                operators.forEach((operator, operand) -> conditions.add(condition(column, operator.toString(), operand)));
            } else if (value instanceof Collection<?>) {
                conditions.add(condition(column, Operator.IN.id(), value));
            } else if (value == null) {
                conditions.add(condition(column, Operator.IS_NULL.id(), true));
            } else {
                conditions.add(condition(column, Operator.EQ.id(), value));
            }
        });
        return new Conditions(conditions);
    }

    private static ColumnCondition condition(String column, String name, @Nullable Object operand) {
        Operator operator = Operator.find(name).orElseThrow(() -> new ConditionException(column,
                column + ": unknown operator " + name + "; expected one of " + Operator.ids()));
        List<Object> operands = new ArrayList<>();
        if (operand instanceof Collection<?> several) {
            operands.addAll(several);
        } else if (operand != null) {
            operands.add(operand);
        }
        int wanted = switch (operator) {
            case IN, NOT_IN -> Math.max(1, operands.size());
            case BETWEEN -> 2;
            default -> 1;
        };
        boolean scalars = operands.stream()
                .allMatch(o -> o instanceof String || o instanceof Number || o instanceof Boolean);
        if (operands.size() != wanted || !scalars
                || operator == Operator.IS_NULL && !(operands.get(0) instanceof Boolean)) {
            throw new ConditionException(column, column + ": " + operator.id() + " requires " + takes(operator));
        }
        return new ColumnCondition(column, operator, operands);
    }

    private static String takes(Operator operator) {
        return switch (operator) {
            case IN, NOT_IN -> "a list of values";
            case BETWEEN -> "a list of two values, the minimum and the maximum";
            case IS_NULL -> "true or false";
            default -> "one value";
        };
    }
}
