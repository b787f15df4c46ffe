package io.freshet.model;

/**
 * How far a column has moved from one version of a model to the next.
 *
 * @param metric {@code kolmogorov_smirnov} (numbers, dates) or {@code total_variation} (categories, booleans)
 * @param distance of the values that are there, 0 to 1
 * @param missing the change of the share of missing values
 */
public record ColumnDrift(String name, String metric, double distance, double missing) {

    /** The larger of both changes, 0 to 1. */
    public double largest() {
        return Math.max(distance, Math.abs(missing));
    }
}
