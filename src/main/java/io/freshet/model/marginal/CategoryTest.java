package io.freshet.model.marginal;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.freshet.model.ColumnCondition;
import io.freshet.model.ConditionException;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;

/** Which categories satisfy a condition. */
public final class CategoryTest {

    private static final int SHOWN = 20;

    private CategoryTest() {
    }

    /**
     * @param values the categories that the column has
     * @throws ConditionException if the condition does not fit categories, or asks for one that the column never has
     */
    public static Predicate<String> of(Column column, List<String> values, ColumnCondition condition) {
        List<String> operands = condition.operands().stream().map(operand -> text(column.type(), operand)).toList();
        boolean among = switch (condition.operator()) {
            case EQ, IN -> true;
            case NE, NOT_IN -> false;
            default -> throw new ConditionException(column.name(), column.name() + " is of type " + column.type().typeName()
                    + ": it takes eq, ne, in, not_in and is_null, not " + condition.operator().id());
        };
        for (String operand : operands) {
            if (among && !values.contains(operand)) {
                throw new ConditionException(column.name(), column.name() + " never has the value " + operand + "; it has "
                        + values.stream().limit(SHOWN).collect(Collectors.joining(", "))
                        + (values.size() > SHOWN ? " and " + (values.size() - SHOWN) + " more" : ""));
            }
        }
        return text -> operands.contains(text) == among;
    }

    private static String text(ColumnType type, Object operand) {
        if (type instanceof ColumnType.Bool bool && operand instanceof Boolean value) {
            return value ? bool.trueText() : bool.falseText();
        }
        return operand instanceof BigDecimal decimal ? decimal.toPlainString() : operand.toString();
    }
}
