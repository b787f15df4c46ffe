package io.freshet.model.declared;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.freshet.model.ColumnCondition;
import io.freshet.stage.Expression;
import io.freshet.table.ColumnType;

/**
 * A value that follows from other fields of the row by an expression in CEL. It is missing where the expression returns null or
 * cannot be computed.
 */
record FormulaLaw(Expression formula, ColumnType type) implements Law {

    @Override
    public @Nullable Object draw(RowContext row) {
        Object result;
        try {
            result = formula.of(row.fields(), 0);
        } catch (IllegalArgumentException e) {
            return null;
        }
        return result == null ? null : converted(result);
    }

    /** Returns whether a condition holds; one over a missing field does not. */
    static boolean holds(Expression condition, Map<String, @Nullable Object> fields) {
        try {
            return Boolean.TRUE.equals(condition.of(fields, 0));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Returns a result as the vector of the type holds it; null if it does not fit. */
    private @Nullable Object converted(Object result) {
        if (type instanceof ColumnType.Bool) {
            return result instanceof Boolean truth ? (Integer) (truth ? 1 : 0) : null;
        }
        if (type instanceof ColumnType.Whole || type instanceof ColumnType.Decimal) {
            return result instanceof Number number ? scaled(number) : null;
        }
        if (type instanceof ColumnType.DateTime date) {
            return date.format().accepts(result.toString()) ? (Long) date.format().parse(result.toString()) : null;
        }
        return type instanceof ColumnType.Json ? result : result.toString();
    }

    private @Nullable Long scaled(Number number) {
        if (number instanceof Double real && !Double.isFinite(real)) {
            return null;
        }
        int digits = type instanceof ColumnType.Decimal decimal ? decimal.digits() : 0;
        BigDecimal scaled = new BigDecimal(number.toString()).setScale(digits, RoundingMode.HALF_UP)
                .movePointRight(digits);
        return scaled.abs().toBigInteger().bitLength() < 62 ? scaled.longValueExact() : null;
    }

    @Override
    public Object json(Object drawn) {
        if (type instanceof ColumnType.Bool) {
            return drawn.equals(1);
        }
        return drawn instanceof Long number && !(type instanceof ColumnType.Json) ? NumberLaw.json(type, number) : drawn;
    }

    @Override
    public Optional<Restricted> given(ColumnCondition condition) {
        return Optional.empty();
    }
}
