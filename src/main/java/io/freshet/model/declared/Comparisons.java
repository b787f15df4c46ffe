package io.freshet.model.declared;

import java.math.BigDecimal;

import io.freshet.model.ColumnCondition;
import io.freshet.model.ConditionException;

/** Tests values against conditions. */
final class Comparisons {

    private Comparisons() {
    }

    /**
     * @param value as JSON contains it; not null
     * @throws ConditionException if the values have no order and the condition needs one
     */
    static boolean satisfies(Object value, ColumnCondition condition) {
        return switch (condition.operator()) {
            case EQ, IN -> condition.operands().stream().anyMatch(operand -> equal(value, operand));
            case NE, NOT_IN -> condition.operands().stream().noneMatch(operand -> equal(value, operand));
            case GT -> compare(value, condition, 0) > 0;
            case GTE -> compare(value, condition, 0) >= 0;
            case LT -> compare(value, condition, 0) < 0;
            case LTE -> compare(value, condition, 0) <= 0;
            case BETWEEN -> compare(value, condition, 0) >= 0 && compare(value, condition, 1) <= 0;
            case IS_NULL -> Boolean.FALSE.equals(condition.operands().get(0));
        };
    }

    private static boolean equal(Object value, Object operand) {
        if (value instanceof Number && operand instanceof Number) {
            return decimal(value).compareTo(decimal(operand)) == 0;
        }
        return value.toString().equals(operand.toString());
    }

    private static int compare(Object value, ColumnCondition condition, int operand) {
        Object bound = condition.operands().get(operand);
        if (value instanceof Number && bound instanceof Number) {
            return decimal(value).compareTo(decimal(bound));
        }
        if (value instanceof String text && bound instanceof String other) {
            return text.compareTo(other);
        }
        throw new ConditionException(condition.column(),
                condition.column() + ": its values have no order for " + condition.operator().id());
    }

    private static BigDecimal decimal(Object number) {
        return number instanceof BigDecimal known ? known : new BigDecimal(number.toString());
    }
}
