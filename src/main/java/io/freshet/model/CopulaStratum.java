package io.freshet.model;

import java.util.ArrayList;
import java.util.List;

import io.freshet.stats.Correlations;

/**
 * One part of the rows of a {@link GaussianCopula}, with marginals and dependence of its own: all rows, or those of one
 * level of a pivot.
 *
 * @param share how many of the rows it holds, above 0
 * @param columns all columns of the model, with the marginals of these rows
 * @param correlation of the dependent latent numbers; positive definite
 * @param cholesky its lower triangular factor
 */
@SuppressWarnings("ArrayRecordComponent") // confined to this package, never compared
record CopulaStratum(double share, List<ColumnModel> columns, LatentSpace latent, double[][] correlation,
        double[][] cholesky) {

    CopulaStratum {
        columns = List.copyOf(columns);
        if (!(share > 0)) {
            throw new IllegalArgumentException("the share of a stratum must be above 0, not " + share);
        }
        if (correlation.length != latent.dependent()) {
            throw new IllegalArgumentException(
                    "a correlation of " + correlation.length + " for " + latent.dependent() + " latent numbers");
        }
        for (ColumnModel column : columns) {
            if (column.values() instanceof DependentSteps steps && steps.groupOf().length != entries(columns, steps) + 1) {
                throw new IllegalArgumentException(column.column().name() + " needs a group for each value of its parent");
            }
        }
    }

    private static int entries(List<ColumnModel> columns, DependentSteps steps) {
        return steps.parent() < columns.size() && columns.get(steps.parent()).overall().values() instanceof StepValues parent
                ? parent.dictionary().size()
                : -1;
    }

    /**
     * The columns, none before its parent.
     *
     * @throws IllegalArgumentException if a column is its own ancestor, or a parent has no entries of a dictionary
     */
    int[] parentsFirst() {
        List<Integer> order = new ArrayList<>();
        while (order.size() < columns.size()) {
            int before = order.size();
            for (int c = 0; c < columns.size(); c++) {
                boolean ready = !(columns.get(c).values() instanceof DependentSteps steps) || order.contains(steps.parent());
                if (ready && !order.contains(c)) {
                    order.add(c);
                }
            }
            if (order.size() == before) {
                throw new IllegalArgumentException("columns depend on each other in a circle");
            }
        }
        return order.stream().mapToInt(Integer::intValue).toArray();
    }

    /** @throws ArithmeticException if the correlation is not positive definite */
    static CopulaStratum of(double share, List<ColumnModel> columns, double[][] correlation) {
        return new CopulaStratum(share, columns, LatentSpace.of(columns), correlation, Correlations.cholesky(correlation));
    }
}
