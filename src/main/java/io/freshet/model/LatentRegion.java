package io.freshet.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Conditions as a region of the latent space: for each constrained dimension, a union of disjoint intervals [from, to).
 *
 * @param intervals by dimension; at least one interval each
 */
record LatentRegion(Map<Integer, List<Interval>> intervals) {

    /** [from, to) of a latent number. */
    record Interval(double from, double to) {

        boolean isEmpty() {
            return !(from < to);
        }

        Interval intersect(Interval other) {
            return new Interval(Math.max(from, other.from), Math.min(to, other.to));
        }
    }

    LatentRegion {
        intervals = Map.copyOf(intervals);
    }

    /**
     * @throws ConditionException if a condition names no column, does not fit its type or cannot be satisfied
     */
    static LatentRegion of(GaussianCopula model, Conditions conditions) {
        Map<Integer, List<Interval>> intervals = new TreeMap<>();
        for (ColumnCondition condition : conditions.conditions()) {
            int index = model.schema().indexOf(condition.column());
            if (index < 0) {
                throw new ConditionException(condition.column(), "there is no column " + condition.column()
                        + "; there are " + columnNames(model));
            }
            new ColumnRegion(model, index).restrict(intervals, condition);
        }
        return new LatentRegion(intervals);
    }

    private static String columnNames(GaussianCopula model) {
        List<String> names = new ArrayList<>();
        model.schema().columns().stream().limit(50).forEach(column -> names.add(column.name()));
        return String.join(", ", names);
    }

    /** Narrows what a dimension may hold; false if nothing is left. */
    static boolean narrow(Map<Integer, List<Interval>> intervals, int dimension, List<Interval> allowed) {
        List<Interval> before = intervals.getOrDefault(dimension,
                List.of(new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)));
        List<Interval> after = new ArrayList<>();
        for (Interval one : before) {
            for (Interval two : allowed) {
                Interval both = one.intersect(two);
                if (!both.isEmpty()) {
                    after.add(both);
                }
            }
        }
        intervals.put(dimension, after);
        return !after.isEmpty();
    }
}
