package io.freshet.model.relation;

/**
 * The range of the factors with which a number gives the rounded number of every row. Each row that is added narrows it.
 * Mutable.
 */
final class FactorRange {

    private static final double ALMOST = 1e-9;

    private final double tolerance;
    private double low = Double.NEGATIVE_INFINITY;
    private double high = Double.POSITIVE_INFINITY;

    /** @param tolerance by how much a result may differ from the number in the table */
    FactorRange(double tolerance) {
        this.tolerance = tolerance;
    }

    /** @return false if no factor is left */
    boolean add(double from, double to) {
        if (from == 0) {
            return Math.abs(to) <= tolerance;
        }
        double slack = (tolerance + ALMOST * Math.abs(to)) / Math.abs(from);
        low = Math.max(low, to / from - slack);
        high = Math.min(high, to / from + slack);
        return low <= high;
    }

    double low() {
        return low;
    }

    double high() {
        return high;
    }

    boolean contains(double factor) {
        return low <= factor && factor <= high;
    }
}
