package io.freshet.model;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import io.freshet.table.ColumnType;
import io.freshet.table.NumberDictionary;
import io.freshet.table.TextDictionary;

/**
 * What a model says of its columns, for people.
 *
 * @param method the method's id
 * @param rows how many rows it was fitted to
 */
public record ModelSummary(String method, long rows, List<ColumnSummary> columns) {

    private static final int MOST_SHARES = 20;

    public ModelSummary {
        columns = List.copyOf(columns);
    }

    /**
     * @param missing the share of missing values
     * @param distinct how many different values there are; null where there are too many to list
     * @param least the least number or date; null for all other types
     * @param greatest the greatest number or date
     * @param shares of the commonest categories; null for numbers, dates and texts
     */
    public record ColumnSummary(String name, String type, double missing, @Nullable Integer distinct, @Nullable String least,
            @Nullable String greatest, @Nullable Map<String, Double> shares) {
    }

    public static ModelSummary of(SynthesisModel model) {
        List<ColumnSummary> columns = new ArrayList<>();
        GaussianCopula.of(model).columns().forEach(column -> columns.add(summary(column)));
        if (model instanceof ConstrainedModel constrained) {
            columns.subList(model.schema().size(), columns.size()).clear();
            constrained.plan().derived().forEach(column -> columns.set(column.index(), summary(column,
                    columns.get(column.index()))));
        }
        return new ModelSummary(model.method().id(), model.fittedRows(), columns);
    }

    private static ColumnSummary summary(DerivedColumn column, ColumnSummary inner) {
        ColumnType type = column.column().type();
        boolean days = column.constraint() instanceof Constraint.TimeOfDay;
        return new ColumnSummary(column.column().name(), type.typeName(), inner.missing(), null,
                days ? inner.least() : text(type, column.least()), days ? inner.greatest() : text(type, column.greatest()),
                null);
    }

    private static ColumnSummary summary(ColumnModel column) {
        String name = column.column().name();
        ColumnType type = column.column().type();
        double missing = column.missingShare();
        if (column.values() instanceof StepValues steps && type instanceof ColumnType.Missing == false) {
            if (steps.dictionary() instanceof TextDictionary texts) {
                return new ColumnSummary(name, type.typeName(), missing, texts.size(), null, null,
                        shares(texts, steps.marginal()));
            }
            NumberDictionary numbers = (NumberDictionary) steps.dictionary();
            return new ColumnSummary(name, type.typeName(), missing, numbers.size(), text(type, numbers.value(0)),
                    text(type, numbers.value(numbers.size() - 1)), null);
        }
        if (column.values() instanceof ContinuousValues || column.values() instanceof FloatingValues) {
            ContinuousMarginal marginal = column.values() instanceof ContinuousValues numbers ? numbers.marginal()
                    : ((FloatingValues) column.values()).marginal();
            return new ColumnSummary(name, type.typeName(), missing, null, text(type, marginal.least()),
                    text(type, marginal.greatest()), null);
        }
        return new ColumnSummary(name, type.typeName(), missing, null, null, null, null);
    }

    private static String text(ColumnType type, double value) {
        if (type instanceof ColumnType.DateTime dateTime) {
            return dateTime.format().print((long) value);
        }
        if (type instanceof ColumnType.Floating) {
            return Double.toString(value);
        }
        int digits = type instanceof ColumnType.Decimal decimal ? decimal.digits() : 0;
        return BigDecimal.valueOf((long) value, digits).toPlainString();
    }

    private static Map<String, Double> shares(TextDictionary texts, StepMarginal marginal) {
        Map<String, Double> shares = new LinkedHashMap<>();
        IntStream.range(0, texts.size()).boxed()
                .sorted(Comparator.<Integer> comparingDouble(code -> -marginal.share(code))).limit(MOST_SHARES)
                .forEach(code -> shares.put(texts.text(code), marginal.share(code)));
        return shares;
    }
}
