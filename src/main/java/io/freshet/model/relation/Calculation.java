package io.freshet.model.relation;

import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;

import org.jspecify.annotations.Nullable;

import io.freshet.model.marginal.NumberReader;
import io.freshet.table.ColumnVector;

/** A complete relation whose target is a number calculated from numbers. A result that is not finite is a missing value. */
public sealed interface Calculation extends CompleteRelation permits LinearSum, Formula, Product, ScaledProduct,
        Extreme, FixedNumber, DateCopy, Cases {

    /** The share of a number by which a calculation may differ because doubles are rounded. */
    double ROUNDING = 1e-9;

    /** Returns the largest difference between the calculation and a row of the table. */
    double tolerance();

    /** Returns what calculates the same results for many rows at once; null if nothing does. */
    default @Nullable BlockResults block(Cells cells) {
        return null;
    }

    /** Returns the result for each row, before it is rounded to the step of the target; NaN if a number is missing. */
    IntToDoubleFunction results(Cells cells);

    @Override
    default RowStep derivation(Cells cells, ColumnVector own) {
        return new CalculatedStep(results(cells), block(cells), NumberColumn.of(cells.column(target()), own));
    }

    @Override
    default IntUnaryOperator gives(Cells cells) {
        IntToDoubleFunction results = results(cells);
        return row -> Double.isFinite(results.applyAsDouble(row)) ? 1 : 0;
    }

    @Override
    default IntPredicate broken(Cells cells) {
        IntToDoubleFunction results = results(cells);
        NumberReader own = cells.numbers(target());
        return row -> {
            double result = results.applyAsDouble(row);
            return Double.isFinite(result) && !own.isMissing(row)
                    && Math.abs(result - own.value(row)) > tolerance() + ROUNDING * Math.max(1, Math.abs(result));
        };
    }
}
