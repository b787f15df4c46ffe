package io.freshet.model;

import java.util.List;

import io.freshet.stats.Correlations;
import io.freshet.table.Schema;

/**
 * Marginals joined by a Gaussian copula: each column's value, and whether it is missing, is a function of a latent standard
 * normal
 * number, and the latent numbers are correlated. With the identity as correlation it is the model of {@link
 * SynthesisMethod#INDEPENDENT}.
 */
final class GaussianCopula implements SynthesisModel {

    private final SynthesisMethod method;
    private final Schema schema;
    private final List<ColumnModel> columns;
    private final LatentSpace latent;
    private final double[][] correlation;
    private final double[][] cholesky;
    private final long fittedRows;

    /**
     * @param correlation of the dependent latent numbers; positive definite
     */
    GaussianCopula(SynthesisMethod method, List<ColumnModel> columns, double[][] correlation, long fittedRows) {
        this.method = method;
        this.columns = List.copyOf(columns);
        this.schema = new Schema(this.columns.stream().map(ColumnModel::column).toList());
        this.latent = LatentSpace.of(this.columns);
        this.correlation = correlation;
        this.cholesky = Correlations.cholesky(correlation);
        this.fittedRows = fittedRows;
        if (correlation.length != latent.dependent()) {
            throw new IllegalArgumentException(
                    "a correlation of " + correlation.length + " for " + latent.dependent() + " latent numbers");
        }
    }

    @Override
    public SynthesisMethod method() {
        return method;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public long fittedRows() {
        return fittedRows;
    }

    @Override
    public RowGenerator generator(long seed, Conditions conditions) {
        if (conditions.isEmpty()) {
            return new CopulaGenerator(this, new FreeNormals(latent, cholesky), seed);
        }
        LatentRegion region = LatentRegion.of(this, conditions);
        return new CopulaGenerator(this, ConditionedNormals.of(latent, correlation, region), seed);
    }

    @Override
    public double probability(Conditions conditions) {
        return conditions.isEmpty() ? 1
                : ConditionedNormals.of(latent, correlation, LatentRegion.of(this, conditions)).probability();
    }

    List<ColumnModel> columns() {
        return columns;
    }

    LatentSpace latent() {
        return latent;
    }

    double[][] correlation() {
        return correlation;
    }
}
