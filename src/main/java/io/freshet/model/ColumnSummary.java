package io.freshet.model;

import java.math.BigDecimal;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.freshet.table.ColumnType;

/**
 * A summary of one column of a model for people.
 *
 * @param missing the share of missing values
 * @param distinct the number of distinct values; null if there are too many to list
 * @param least the minimum number or date; null for all other types
 * @param greatest the maximum number or date
 * @param shares the shares of the most frequent categories, at most {@link #MAX_SHARES}; null for numbers, dates and texts
 * @param meaning what the texts are, such as {@code email}; null if only their form is known
 */
public record ColumnSummary(String name, String type, double missing, @Nullable Integer distinct, @Nullable String least,
        @Nullable String greatest, @Nullable Map<String, Double> shares,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String meaning) {

    public static final int MAX_SHARES = 20;

    /** A column without a known meaning. */
    public ColumnSummary(String name, String type, double missing, @Nullable Integer distinct, @Nullable String least,
            @Nullable String greatest, @Nullable Map<String, Double> shares) {
        this(name, type, missing, distinct, least, greatest, shares, null);
    }

    /** Returns a number or date of a column in its usual notation. */
    public static String text(ColumnType type, double value) {
        if (type instanceof ColumnType.DateTime dateTime) {
            return dateTime.format().print((long) value);
        }
        if (type instanceof ColumnType.Floating) {
            return Double.toString(value);
        }
        int digits = type instanceof ColumnType.Decimal decimal ? decimal.digits() : 0;
        return BigDecimal.valueOf((long) value, digits).toPlainString();
    }
}
