package io.freshet.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.freshet.stats.Normal;
import io.freshet.stats.NormalScores;
import io.freshet.table.NumberDictionary;
import io.freshet.table.TextDictionary;

/**
 * A stratum of a model as a part of a mixture. Nothing is drawn from it: a score of the mixture is a step function of the
 * model's
 * own latent number, and the expectation of a product of two such functions is a series in their correlation.
 */
final class ModelPart implements MixturePart {

    /** Each interval between two anchors of a continuous marginal counts as so many points. */
    private static final int POINTS_PER_INTERVAL = 4;

    private final double weight;
    private final LatentSpace latent;
    private final double[][] correlation;
    private final List<ColumnModel> models;
    private final List<PartColumn> columns;

    private ModelPart(double weight, List<ColumnModel> columns, double[][] correlation) {
        this.weight = weight;
        this.latent = LatentSpace.of(columns);
        this.correlation = correlation;
        this.models = columns;
        this.columns = columns.stream().map(model -> column(model.overall())).toList();
    }

    static ModelPart of(double weight, CopulaStratum stratum) {
        return new ModelPart(weight, stratum.columns(), stratum.correlation());
    }

    /** For marginals only: as if nothing depended on anything. */
    static ModelPart ofMarginals(double weight, List<ColumnModel> columns) {
        return new ModelPart(weight, columns, new double[0][0]);
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
        return columns.get(column);
    }

    private static PartColumn column(ColumnModel model) {
        double missing = model.missingShare();
        if (model.values() instanceof StepValues steps) {
            double[] masses = new double[steps.marginal().size()];
            double[] numbers = new double[masses.length];
            List<String> texts = new ArrayList<>();
            for (int step = 0; step < masses.length; step++) {
                masses[step] = steps.marginal().share(step);
                int code = steps.code(step);
                if (steps.dictionary() instanceof NumberDictionary dictionary) {
                    numbers[step] = dictionary.value(code);
                } else {
                    numbers[step] = code;
                    texts.add(((TextDictionary) steps.dictionary()).text(code));
                }
            }
            return new PartColumn(missing, numbers, texts, masses);
        }
        if (model.values() instanceof TextValues) {
            return new PartColumn(missing, new double[0], List.of(), new double[0]);
        }
        return points(missing, model.values());
    }

    private static PartColumn points(double missing, ValueModel values) {
        ContinuousMarginal marginal = values instanceof ContinuousValues numbers ? numbers.marginal()
                : ((FloatingValues) values).marginal();
        double[] cumulative = marginal.cumulative();
        double[] numbers = new double[POINTS_PER_INTERVAL * cumulative.length];
        double[] masses = new double[numbers.length];
        int used = 0;
        for (int i = 0; i + 1 < cumulative.length; i++) {
            double width = (cumulative[i + 1] - cumulative[i]) / POINTS_PER_INTERVAL;
            for (int k = 0; k < POINTS_PER_INTERVAL && width > 0; k++) {
                double z = Normal.inverse(cumulative[i] + (k + .5) * width);
                double number = values instanceof ContinuousValues ? marginal.number(z) : marginal.floating(z);
                if (used == 0 || number > numbers[used - 1]) {
                    numbers[used++] = number;
                }
                masses[used - 1] += width;
            }
        }
        return new PartColumn(missing, Arrays.copyOf(numbers, used), List.of(), Arrays.copyOf(masses, used));
    }

    /** How the values of a column are drawn. */
    ValueModel values(int column) {
        return models.get(column).values();
    }

    @Override
    public PartScores scores(MixtureColumn column, boolean ofMissing) {
        PartColumn part = columns.get(column.index());
        int dimension = ofMissing ? latent.missingDimension()[column.index()] : latent.valueDimension()[column.index()];
        MixtureGroups groups = column.groups();
        if (groups != null && !ofMissing) {
            // where shares by the parent's value hardly change, the scores are those the model has
            NormalScores scores = groups.meanScores();
            return new Scores(dimension, 1 - part.missing(), scores.coefficients(), scores.variance());
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

    /** The latent correlation of the values of two columns; 0 where there is none. */
    double correlationOf(int column, int other) {
        return correlation(latent.valueDimension()[column], latent.valueDimension()[other]);
    }
}
