package io.freshet.model.online;

import java.util.List;

import io.freshet.model.copula.CopulaStratum;
import io.freshet.model.copula.LatentSpace;
import io.freshet.model.marginal.ColumnModel;
import io.freshet.model.marginal.KnownColumn;
import io.freshet.model.marginal.PartColumn;
import io.freshet.stats.NormalScores;

/**
 * A stratum of a model as a component of a mixture. No rows are drawn from it: a score of the mixture is a step function of the
 * model's own latent number, and the expectation of a product of two such functions is a series in their correlation.
 */
public final class ModelPart implements MixturePart {

    private final double weight;
    private final LatentSpace latent;
    private final double[][] correlation;
    private final List<KnownColumn> columns;

    private ModelPart(double weight, LatentSpace latent, double[][] correlation, List<KnownColumn> columns) {
        this.weight = weight;
        this.latent = latent;
        this.correlation = correlation;
        this.columns = List.copyOf(columns);
    }

    /**
     * @param columns the columns; the latent ones, and those with missing values, have latent numbers
     * @param correlation the correlation of the dependent ones; empty if there is no dependence
     */
    public static ModelPart of(double weight, List<KnownColumn> columns, double[][] correlation) {
        LatentSpace latent = latent(columns);
        if (correlation.length > 0 && correlation.length != latent.dependent()) {
            throw new IllegalArgumentException(
                    "a correlation of " + correlation.length + " for " + latent.dependent() + " latent numbers");
        }
        return new ModelPart(weight, latent, correlation, columns);
    }

    public static ModelPart of(double weight, CopulaStratum stratum) {
        return new ModelPart(weight, stratum.latent(), stratum.correlation(), KnownColumn.of(stratum.columns()));
    }

    /** Creates a component with marginals only, without dependence. */
    static ModelPart ofMarginals(double weight, List<ColumnModel> columns) {
        return new ModelPart(weight, LatentSpace.of(columns), new double[0][0], KnownColumn.of(columns));
    }

    public static LatentSpace latent(List<KnownColumn> columns) {
        boolean[] latent = new boolean[columns.size()];
        boolean[] mayMiss = new boolean[columns.size()];
        for (int c = 0; c < latent.length; c++) {
            latent[c] = columns.get(c).isLatent();
            mayMiss[c] = columns.get(c).missing() > 0;
        }
        return LatentSpace.of(latent, mayMiss);
    }

    /** Returns the same component with another weight. */
    ModelPart weighing(double other) {
        return new ModelPart(other, latent, correlation, columns);
    }

    public List<KnownColumn> columns() {
        return columns;
    }

    public double[][] correlation() {
        return correlation;
    }

    /** @param square the mean of the squared score */
    @SuppressWarnings("ArrayRecordComponent")
    record Scores(int dimension, double presence, double[] coefficients, double square) implements PartScores {
    }

    @Override
    public double weight() {
        return weight;
    }

    @Override
    public PartColumn column(int column) {
        return columns.get(column).values();
    }

    @Override
    public PartScores scores(MixtureColumn column, boolean ofMissing) {
        PartColumn part = columns.get(column.index()).values();
        int dimension = ofMissing ? latent.missingDimension()[column.index()] : latent.valueDimension()[column.index()];
        MixtureGroups groups = column.groups();
        if (groups != null && !ofMissing) {
            // if the shares given the parent's value hardly change, the scores are those of the model
            NormalScores mean = groups.meanScores();
            return new Scores(dimension, part.size() == 0 ? 0 : 1 - part.missing(), mean.coefficients(), mean.variance());
        }
        NormalScores scores = ofMissing ? column.missingScores() : column.valueScores();
        int[] order = ofMissing ? new int[] { 0, 1 } : column.ranks(part);
        double[] masses = ofMissing ? new double[] { 1 - part.missing(), part.missing() } : part.masses();
        double square = 0;
        for (int i = 0; i < order.length; i++) {
            square += masses[i] * scores.score(order[i]) * scores.score(order[i]);
        }
        return new Scores(dimension, ofMissing ? 1 : masses.length == 0 ? 0 : 1 - part.missing(),
                scores.coefficientsUnder(order, masses), square);
    }

    @Override
    public PairMoments moments(PartScores first, PartScores second) {
        Scores a = (Scores) first;
        Scores b = (Scores) second;
        double rho = correlation(a.dimension, b.dimension);
        return new PairMoments(a.presence * b.presence, a.coefficients[0], b.coefficients[0], a.square, b.square,
                NormalScores.covariance(a.coefficients, b.coefficients, rho) + a.coefficients[0] * b.coefficients[0]);
    }

    private double correlation(int a, int b) {
        return a >= 0 && b >= 0 && a < correlation.length && b < correlation.length ? correlation[a][b] : 0;
    }

    /** Returns the latent correlation of the values of two columns; 0 if there is none. */
    double correlationOf(int column, int other) {
        return correlation(latent.valueDimension()[column], latent.valueDimension()[other]);
    }
}
