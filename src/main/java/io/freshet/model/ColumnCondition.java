package io.freshet.model;

import java.util.List;

/**
 * One condition on one column.
 *
 * @param column the name of the column
 * @param operator how the value is compared
 * @param operands as JSON contains them (String, Boolean, Integer, Long, Double, BigDecimal, BigInteger); as many as the
 *        operator takes
 */
public record ColumnCondition(String column, Operator operator, List<Object> operands) {

    public ColumnCondition {
        operands = List.copyOf(operands);
    }
}
