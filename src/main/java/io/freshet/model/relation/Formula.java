package io.freshet.model.relation;

import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;

import io.freshet.model.marginal.NumberReader;
import io.freshet.table.Schema;

/**
 * A target that is a function of one other number: {@code target = factor · f(source) + offset}, rounded to a step of the
 * target.
 *
 * @param tolerance the largest difference between the formula and a row of the table; it is greater than zero because both
 *        numbers are rounded
 */
public record Formula(int target, int source, Function function, double factor, double offset, double tolerance)
        implements
            Calculation {

    /** The shape of a formula. */
    public enum Function {
        IDENTITY,
        EXP,
        LN,
        LOG10,
        SQUARE,
        ROOT,
        INVERSE;

        double of(double x) {
            return switch (this) {
                case IDENTITY -> x;
                case EXP -> StrictMath.exp(x);
                case LN -> StrictMath.log(x);
                case LOG10 -> StrictMath.log10(x);
                case SQUARE -> x * x;
                case ROOT -> Math.sqrt(x);
                case INVERSE -> 1 / x;
            };
        }
    }

    @Override
    public List<Integer> sources() {
        return List.of(source);
    }

    @Override
    public String kind() {
        return function != Function.IDENTITY ? "function" : factor == 1 && offset == 0 ? "copy" : "proportion";
    }

    @Override
    public String text(Schema schema) {
        String name = schema.column(source).name();
        String shape = function == Function.IDENTITY ? name : function.name().toLowerCase(Locale.ROOT) + "(" + name + ")";
        return schema.column(target).name() + " = " + (factor == 1 ? "" : number(factor) + " * ") + shape
                + (offset == 0 ? "" : offset < 0 ? " - " + number(-offset) : " + " + number(offset));
    }

    static String number(double value) {
        return new java.math.BigDecimal(value).round(new java.math.MathContext(9)).stripTrailingZeros().toPlainString();
    }

    /**
     * Returns whether the formula gives a whole number of the target's steps for every source, so that nothing is rounded.
     *
     * @param sourceStep the step of the source; 0 if it is floating
     * @param targetStep the step of the target; 0 if it is floating
     */
    boolean isExact(double sourceStep, double targetStep) {
        return function == Function.IDENTITY && sourceStep > 0 && targetStep > 0
                && isWhole(factor * sourceStep / targetStep) && isWhole(offset / targetStep);
    }

    private static boolean isWhole(double number) {
        return Math.abs(number - Math.rint(number)) <= ROUNDING * Math.max(1, Math.abs(number));
    }

    /** Returns the possible error of the target near {@code at} if the source is off by up to {@code half}. */
    double slack(double at, double half) {
        return half == 0 ? 0 : Math.abs(factor * (function.of(at + half) - function.of(at - half)));
    }

    @Override
    public BlockResults block(Cells cells) {
        NumberReader reader = cells.numbers(source);
        return (rows, results) -> {
            reader.values(rows, results);
            for (int row = 0; row < rows; row++) {
                results[row] = factor * function.of(results[row]) + offset;
            }
        };
    }

    @Override
    public IntToDoubleFunction results(Cells cells) {
        NumberReader reader = cells.numbers(source);
        return row -> reader.isMissing(row) ? Double.NaN : factor * function.of(reader.value(row)) + offset;
    }
}
