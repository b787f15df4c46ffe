package io.freshet.score;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;

import io.freshet.table.ColumnType;

/** Computes the distributions of a column in both tables as bars. */
final class Distributions {

    private static final int BARS = 24;
    private static final int MAX_LABELS = 12;
    private static final MathContext SIX_DIGITS = new MathContext(6);

    private Distributions() {
    }

    /** Returns the bars of a column; bars of dates are labelled in the format of the dates. */
    static List<ColumnScore.Bar> of(ComparedColumn column, ColumnType type) {
        return column instanceof ComparedColumn.Continuous numbers ? ofNumbers(numbers, labels(type))
                : ofCategories((ComparedColumn.Discrete) column);
    }

    private static DoubleFunction<String> labels(ColumnType type) {
        if (type instanceof ColumnType.DateTime date) {
            double ticks = ComparedTables.unit(type);
            return days -> date.format().print(Math.round(days * ticks));
        }
        return number -> new BigDecimal(number, SIX_DIGITS).stripTrailingZeros().toPlainString();
    }

    /** Returns bars of equal width over the middle 99 % of the real values. The outermost bars include all values beyond. */
    private static List<ColumnScore.Bar> ofNumbers(ComparedColumn.Continuous column, DoubleFunction<String> labels) {
        double[] sorted = ColumnMetrics.sortedValues(column.real());
        if (sorted.length == 0) {
            return List.of();
        }
        double min = sorted[(int) (.005 * (sorted.length - 1))];
        double width = (sorted[(int) (.995 * (sorted.length - 1))] - min) / BARS;
        double[] real = shares(sorted, min, width);
        double[] synthetic = shares(ColumnMetrics.sortedValues(column.synthetic()), min, width);
        List<ColumnScore.Bar> bars = new ArrayList<>();
        for (int k = 0; k < BARS; k++) {
            bars.add(new ColumnScore.Bar(labels.apply(min + k * width), real[k], synthetic[k]));
        }
        return bars;
    }

    private static double[] shares(double[] values, double min, double width) {
        double[] shares = new double[BARS];
        for (double value : values) {
            int bar = width == 0 ? 0 : (int) Math.max(0, Math.min(BARS - 1, (value - min) / width));
            shares[bar] += 1.0 / values.length;
        }
        return shares;
    }

    /** Returns a bar for each of the most frequent real categories. */
    private static List<ColumnScore.Bar> ofCategories(ComparedColumn.Discrete column) {
        double[] real = shares(column.real(), column.levels());
        double[] synthetic = shares(column.synthetic(), column.levels());
        return IntStream.range(0, column.levels()).boxed()
                .sorted((a, b) -> Double.compare(real[b], real[a])).limit(MAX_LABELS)
                .map(level -> new ColumnScore.Bar(column.labels().get(level), real[level], synthetic[level])).toList();
    }

    private static double[] shares(int[] codes, int levels) {
        double[] shares = new double[levels];
        double values = IntStream.of(codes).filter(code -> code >= 0).count();
        for (int code : codes) {
            if (code >= 0) {
                shares[code] += 1 / values;
            }
        }
        return shares;
    }
}
