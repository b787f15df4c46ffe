package io.freshet.model.relation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;

import io.freshet.model.marginal.NumberReader;
import io.freshet.table.Schema;

/**
 * A target that is a fixed multiple of a product or quotient of two or three numbers, rounded to a step of the target, such as
 * a percentage.
 *
 * @param factors the columns that are multiplied, at least one
 * @param divisors the columns by which the product is divided
 * @param scale the fixed factor, not zero
 * @param tolerance the largest difference between the product and a row of the table
 */
public record ScaledProduct(int target, List<Integer> factors, List<Integer> divisors, double scale, double tolerance)
        implements
            Calculation {

    public ScaledProduct {
        factors = List.copyOf(factors);
        divisors = List.copyOf(divisors);
        if (factors.isEmpty() || factors.size() + divisors.size() < 2 || scale == 0) {
            throw new IllegalArgumentException("a product needs two columns and a factor other than zero");
        }
    }

    @Override
    public List<Integer> sources() {
        List<Integer> sources = new ArrayList<>(factors);
        sources.addAll(divisors);
        return sources;
    }

    @Override
    public String kind() {
        return divisors.isEmpty() ? "product" : "quotient";
    }

    @Override
    public String text(Schema schema) {
        String product = factors.stream().map(column -> schema.column(column).name()).collect(Collectors.joining(" * "));
        String by = divisors.stream().map(column -> " / " + schema.column(column).name()).collect(Collectors.joining());
        return (scale == 1 ? "" : Formula.number(scale) + " * ") + product + by + " = " + schema.column(target).name();
    }

    @Override
    public IntToDoubleFunction results(Cells cells) {
        NumberReader[] over = factors.stream().map(cells::numbers).toArray(NumberReader[]::new);
        NumberReader[] under = divisors.stream().map(cells::numbers).toArray(NumberReader[]::new);
        return row -> {
            double result = scale;
            for (NumberReader factor : over) {
                result *= factor.isMissing(row) ? Double.NaN : factor.value(row);
            }
            for (NumberReader divisor : under) {
                result /= divisor.isMissing(row) ? Double.NaN : divisor.value(row);
            }
            return result;
        };
    }
}
