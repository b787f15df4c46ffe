package io.freshet.model.relation;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;

import io.freshet.model.marginal.NumberReader;
import io.freshet.table.Schema;

/**
 * A target that is the greatest or the least of some numbers, or of some dates with the same resolution. Missing ones do not
 * count.
 *
 * @param sources at least two
 * @param greatest whether the target is the greatest
 * @param tolerance the largest difference between the result and a row of the table
 */
public record Extreme(int target, List<Integer> sources, boolean greatest, double tolerance) implements Calculation {

    public Extreme {
        sources = List.copyOf(sources);
        if (sources.size() < 2) {
            throw new IllegalArgumentException("the greatest or least needs two columns");
        }
    }

    @Override
    public String kind() {
        return greatest ? "maximum" : "minimum";
    }

    @Override
    public String text(Schema schema) {
        return sources.stream().map(source -> schema.column(source).name())
                .collect(Collectors.joining(", ", greatest ? "max(" : "min(", ") = ")) + schema.column(target).name();
    }

    /** Returns the greater or lesser of two numbers; the other one if one is NaN. */
    static double of(double one, double other, boolean greatest) {
        if (Double.isNaN(one) || Double.isNaN(other)) {
            return Double.isNaN(one) ? other : one;
        }
        return greatest ? Math.max(one, other) : Math.min(one, other);
    }

    @Override
    public IntToDoubleFunction results(Cells cells) {
        NumberReader[] readers = sources.stream().map(cells::numbers).toArray(NumberReader[]::new);
        return row -> {
            double result = Double.NaN;
            for (NumberReader reader : readers) {
                result = reader.isMissing(row) ? result : of(result, reader.value(row), greatest);
            }
            return result;
        };
    }
}
