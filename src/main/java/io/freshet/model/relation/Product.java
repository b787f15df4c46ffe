package io.freshet.model.relation;

import java.util.List;
import java.util.function.IntToDoubleFunction;

import io.freshet.model.marginal.NumberReader;
import io.freshet.table.Schema;

/**
 * A target that is the product or the quotient of two numbers, rounded to a step of the target.
 *
 * @param quotient whether {@code first} is divided by {@code second}
 * @param tolerance the largest difference between the product and a row of the table; it is greater than zero because the
 *        target is rounded
 */
public record Product(int target, int first, int second, boolean quotient, double tolerance) implements Calculation {

    @Override
    public List<Integer> sources() {
        return List.of(first, second);
    }

    @Override
    public String kind() {
        return quotient ? "quotient" : "product";
    }

    @Override
    public String text(Schema schema) {
        return schema.column(first).name() + (quotient ? " / " : " * ") + schema.column(second).name() + " = "
                + schema.column(target).name();
    }

    @Override
    public BlockResults block(Cells cells) {
        NumberReader one = cells.numbers(first);
        NumberReader other = cells.numbers(second);
        return new BlockResults() {

            private double[] by = {};

            @Override
            public void write(int rows, double[] products) {
                by = by.length < rows ? new double[rows] : by;
                one.values(rows, products);
                other.values(rows, by);
                for (int row = 0; row < rows; row++) {
                    products[row] = quotient ? products[row] / by[row] : products[row] * by[row];
                }
            }
        };
    }

    @Override
    public IntToDoubleFunction results(Cells cells) {
        NumberReader one = cells.numbers(first);
        NumberReader other = cells.numbers(second);
        return row -> one.isMissing(row) || other.isMissing(row) ? Double.NaN
                : quotient ? one.value(row) / other.value(row) : one.value(row) * other.value(row);
    }
}
