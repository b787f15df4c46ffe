package io.freshet.model.relation;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;

import io.freshet.model.marginal.NumberReader;
import io.freshet.table.Schema;

/**
 * A target that is a weighted sum of other columns: {@code target = scale · Σ ±source + constant}. If an addend is missing, the
 * target is missing.
 *
 * @param sources at least two
 * @param signs +1 or −1 for each source
 * @param scale the factor of the whole sum; it differs from 1 only for differences of dates in another unit
 * @param down whether the sum is rounded down rather than to the nearest step
 * @param constant the number that is added to the sum
 * @param tolerance the largest difference between the sum and a row of the table; it is greater than zero if addends are
 *        rounded
 */
public record LinearSum(int target, List<Integer> sources, List<Integer> signs, double scale, boolean down, double constant,
        double tolerance)
        implements
            Calculation {

    public LinearSum {
        sources = List.copyOf(sources);
        signs = List.copyOf(signs);
        if (sources.size() < 2 || sources.size() != signs.size()) {
            throw new IllegalArgumentException("a sum needs addends, and a sign for each");
        }
    }

    @Override
    public String kind() {
        return signs.contains(-1) ? "difference" : "sum";
    }

    @Override
    public String text(Schema schema) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < sources.size(); i++) {
            String name = schema.column(sources.get(i)).name();
            text.append(i == 0 ? signs.get(i) < 0 ? "- " : "" : signs.get(i) < 0 ? " - " : " + ").append(name);
        }
        return (constant == 0 ? text : text + " + " + constant) + " = " + schema.column(target).name();
    }

    @Override
    public BlockResults block(Cells cells) {
        NumberReader[] of = sources.stream().map(cells::numbers).toArray(NumberReader[]::new);
        int[] sign = signs.stream().mapToInt(Integer::intValue).toArray();
        return new BlockResults() {

            private double[] addend = {};

            @Override
            public void write(int rows, double[] sums) {
                addend = addend.length < rows ? new double[rows] : addend;
                Arrays.fill(sums, 0, rows, 0);
                for (int i = 0; i < of.length; i++) {
                    of[i].values(rows, addend);
                    for (int row = 0; row < rows; row++) {
                        sums[row] += sign[i] * addend[row];
                    }
                }
                for (int row = 0; row < rows; row++) {
                    double sum = sums[row] * scale + constant;
                    sums[row] = down ? Math.floor(sum + ROUNDING) : sum;
                }
            }
        };
    }

    @Override
    public IntToDoubleFunction results(Cells cells) {
        NumberReader[] of = sources.stream().map(cells::numbers).toArray(NumberReader[]::new);
        int[] sign = signs.stream().mapToInt(Integer::intValue).toArray();
        return row -> {
            double sum = 0;
            for (int i = 0; i < of.length; i++) {
                if (of[i].isMissing(row)) {
                    return Double.NaN;
                }
                sum += sign[i] * of[i].value(row);
            }
            sum = sum * scale + constant;
            return down ? Math.floor(sum + ROUNDING) : sum;
        };
    }
}
