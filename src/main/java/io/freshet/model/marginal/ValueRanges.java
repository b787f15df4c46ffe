package io.freshet.model.marginal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

import io.freshet.model.ColumnCondition;
import io.freshet.model.ConditionException;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;

/** Determines which numbers or dates of a column satisfy a condition. */
public final class ValueRanges {

    /** Stands for the absence of a bound. */
    public static final double FAR = Double.MAX_VALUE;

    private final Column column;
    private final ColumnType type;

    public ValueRanges(Column column) {
        this.column = column;
        this.type = column.type();
    }

    /** The values that satisfy the condition, [from, to), in the column's own scale. */
    public record Range(double from, double to) {
    }

    /** @throws ConditionException if an operand does not fit the column */
    public List<Range> of(ColumnCondition condition) {
        List<BigDecimal> operands = condition.operands().stream().map(this::number).toList();
        BigDecimal first = operands.get(0);
        return switch (condition.operator()) {
            case EQ, IN -> operands.stream().map(value -> new Range(from(value), above(value))).toList();
            case NE, NOT_IN -> outside(operands.stream().sorted().toList());
            case GT -> List.of(new Range(above(first), FAR));
            case GTE -> List.of(new Range(from(first), FAR));
            case LT -> List.of(new Range(-FAR, from(first)));
            case LTE -> List.of(new Range(-FAR, above(first)));
            case BETWEEN -> List.of(new Range(from(first), above(operands.get(1))));
            case IS_NULL -> throw new IllegalStateException("is_null has no range");
        };
    }

    private List<Range> outside(List<BigDecimal> values) {
        List<Range> ranges = new ArrayList<>();
        double from = -FAR;
        for (BigDecimal value : values) {
            ranges.add(new Range(from, from(value)));
            from = above(value);
        }
        ranges.add(new Range(from, FAR));
        return ranges;
    }

    /** Returns the least value of the column that is at least {@code value}. */
    private double from(BigDecimal value) {
        return type instanceof ColumnType.Floating ? value.doubleValue()
                : value.setScale(0, RoundingMode.CEILING).doubleValue();
    }

    /** Returns the least value of the column that is above {@code value}. */
    private double above(BigDecimal value) {
        return type instanceof ColumnType.Floating ? Math.nextUp(value.doubleValue())
                : value.setScale(0, RoundingMode.FLOOR).doubleValue() + 1;
    }

    /** Returns an operand in the column's own scale. */
    public BigDecimal number(Object operand) {
        if (type instanceof ColumnType.DateTime dateTime) {
            return BigDecimal.valueOf(dateTime.format().read(operand.toString()).orElseThrow(
                    () -> refuse("requires dates such as " + dateTime.format().example() + ", not " + operand)));
        }
        try {
            BigDecimal number = new BigDecimal(operand.toString());
            return type instanceof ColumnType.Decimal decimal ? number.movePointRight(decimal.digits()) : number;
        } catch (NumberFormatException e) {
            throw refuse("requires numbers, not " + operand);
        }
    }

    /** Returns a value in its usual notation. */
    public String describe(double value) {
        if (type instanceof ColumnType.DateTime dateTime) {
            return dateTime.format().print((long) value);
        }
        return type instanceof ColumnType.Decimal decimal
                ? BigDecimal.valueOf((long) value, decimal.digits()).toPlainString()
                : new BigDecimal(value).stripTrailingZeros().toPlainString();
    }

    private ConditionException refuse(String reason) {
        return new ConditionException(column.name(), column.name() + " " + reason);
    }
}
