package io.freshet.model;

import java.util.List;

import io.freshet.stats.Correlations;

/**
 * One part of the rows of a {@link GaussianCopula}, with marginals and dependence of its own: all rows, or those of one level
 * of
 * a pivot.
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
    }

    /** @throws ArithmeticException if the correlation is not positive definite */
    static CopulaStratum of(double share, List<ColumnModel> columns, double[][] correlation) {
        return new CopulaStratum(share, columns, LatentSpace.of(columns), correlation, Correlations.cholesky(correlation));
    }
}
