package io.freshet.model.declared;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

import io.freshet.model.ColumnSummary;

/** Describes the columns of a declared model by their laws; what a formula returns is not known. */
final class DeclaredSummary {

    private final List<DeclaredColumn> columns;

    DeclaredSummary(List<DeclaredColumn> columns) {
        this.columns = columns;
    }

    /** Returns the columns that are not hidden, in order. */
    List<ColumnSummary> columns() {
        return columns.stream().filter(column -> !column.hidden()).map(this::column).toList();
    }

    private ColumnSummary column(DeclaredColumn column) {
        String type = column.column().typeName();
        double missing = missing(column);
        Law law = column.value().law();
        if (law instanceof ChoiceLaw choice) {
            return new ColumnSummary(column.name(), type, missing, Set.copyOf(choice.dictionary().texts()).size(), null, null,
                    shares(choice));
        }
        if (law instanceof NumberLaw numbers) {
            return new ColumnSummary(column.name(), type, missing, null, numbers.least(), numbers.greatest(), null);
        }
        if (law instanceof KeyLaw keys) {
            return new ColumnSummary(column.name(), type, missing, null, keys.grid().least(), keys.grid().greatest(), null);
        }
        return new ColumnSummary(column.name(), type, missing, null, null, null, null);
    }

    /** Returns the share of rows without the value, or without an object around it. */
    private double missing(DeclaredColumn column) {
        double present = 1 - column.value().nulls();
        for (DeclaredColumn other : columns) {
            present *= other.holds(column) ? 1 - other.value().nulls() : 1;
        }
        return 1 - present;
    }

    private static Map<String, Double> shares(ChoiceLaw choice) {
        double[] weights = choice.weights();
        double sum = DoubleStream.of(weights).sum();
        Map<String, Double> shares = new LinkedHashMap<>();
        IntStream.range(0, weights.length).boxed().sorted(Comparator.<Integer> comparingDouble(code -> -weights[code]))
                .limit(ColumnSummary.MAX_SHARES)
                .forEach(code -> shares.merge(choice.dictionary().text(code), weights[code] / sum, Double::sum));
        return shares;
    }
}
