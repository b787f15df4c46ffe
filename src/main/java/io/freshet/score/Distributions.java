package io.freshet.score;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Distributions of a column in both tables, as bars. */
final class Distributions {

    private static final int BARS = 24;
    private static final int MOST_LABELS = 12;

    private Distributions() {
    }

    static List<ColumnScore.Bar> of(ComparedColumn column) {
        return column instanceof ComparedColumn.Continuous numbers ? ofNumbers(numbers)
                : ofCategories((ComparedColumn.Discrete) column);
    }

    /** Bars of equal width over the middle 99 % of the real values; the outer ones take what is beyond. */
    private static List<ColumnScore.Bar> ofNumbers(ComparedColumn.Continuous column) {
        double[] sorted = ColumnMetrics.sortedValues(column.real());
        if (sorted.length == 0) {
            return List.of();
        }
        double least = sorted[(int) (.005 * (sorted.length - 1))];
        double width = (sorted[(int) (.995 * (sorted.length - 1))] - least) / BARS;
        double[] real = shares(sorted, least, width);
        double[] synthetic = shares(ColumnMetrics.sortedValues(column.synthetic()), least, width);
        List<ColumnScore.Bar> bars = new ArrayList<>();
        for (int k = 0; k < BARS; k++) {
            bars.add(new ColumnScore.Bar("%.6g".formatted(least + k * width), real[k], synthetic[k]));
        }
        return bars;
    }

    private static double[] shares(double[] values, double least, double width) {
        double[] shares = new double[BARS];
        for (double value : values) {
            int bar = width == 0 ? 0 : (int) Math.max(0, Math.min(BARS - 1, (value - least) / width));
            shares[bar] += 1.0 / values.length;
        }
        return shares;
    }

    /** The most frequent real categories. */
    private static List<ColumnScore.Bar> ofCategories(ComparedColumn.Discrete column) {
        double[] real = shares(column.real(), column.levels());
        double[] synthetic = shares(column.synthetic(), column.levels());
        return IntStream.range(0, column.levels()).boxed()
                .sorted((a, b) -> Double.compare(real[b], real[a])).limit(MOST_LABELS)
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
