package io.freshet.model;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * How far a column has moved from one version of a model to the next.
 *
 * @param metric {@code kolmogorov_smirnov} (numbers, dates) or {@code total_variation} (categories, booleans)
 * @param distance the distance between the values that are not missing, 0 to 1
 * @param missing the change in the share of missing values
 * @param brokenRelation the relations that decided the column until new rows broke them; null if none did
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ColumnDrift(String name, String metric, double distance, double missing, @Nullable String brokenRelation) {

    /** No relation was broken. */
    public ColumnDrift(String name, String metric, double distance, double missing) {
        this(name, metric, distance, missing, null);
    }

    public ColumnDrift breaking(String relation) {
        return new ColumnDrift(name, metric, distance, missing,
                brokenRelation == null ? relation : brokenRelation + ", " + relation);
    }

    /** Returns the larger of the two changes, 0 to 1. */
    public double largest() {
        return Math.max(distance, Math.abs(missing));
    }
}
