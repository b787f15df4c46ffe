package io.freshet.model.copula;

import java.util.ArrayList;
import java.util.List;

import io.freshet.model.marginal.ColumnModel;
import io.freshet.model.marginal.DependentSteps;
import io.freshet.model.marginal.StepValues;
import io.freshet.stats.Correlations;

/**
 * A part of the rows of a {@link GaussianCopula}, with marginals and dependence of its own: all rows, or those of one level of
 * a pivot.
 *
 * @param share the share of the rows in it, above 0
 * @param columns all columns of the model, with the marginals of these rows
 * @param correlation the correlation of the dependent latent numbers; positive definite
 * @param cholesky its lower triangular factor
 */
@SuppressWarnings("ArrayRecordComponent") // confined to this package, never compared
public record CopulaStratum(double share, List<ColumnModel> columns, LatentSpace latent, double[][] correlation,
        double[][] cholesky) {

    public CopulaStratum {
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
     * Returns the columns in an order in which none precedes its parent.
     *
     * @throws IllegalArgumentException if a column is its own ancestor, or a parent is not a column of dictionary entries
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
                throw new IllegalArgumentException("columns depend on each other in a cycle");
            }
        }
        return order.stream().mapToInt(Integer::intValue).toArray();
    }

    /** @throws ArithmeticException if the correlation is not positive definite */
    public static CopulaStratum of(double share, List<ColumnModel> columns, double[][] correlation) {
        return new CopulaStratum(share, columns, LatentSpace.of(columns), correlation, Correlations.cholesky(correlation));
    }
}
