package io.freshet.model.online;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.freshet.model.copula.CopulaStratum;
import io.freshet.model.copula.LatentSpace;
import io.freshet.model.marginal.ColumnModel;
import io.freshet.model.marginal.KnownColumn;
import io.freshet.model.marginal.StepValues;
import io.freshet.stats.Correlations;
import io.freshet.stats.NormalScores;
import io.freshet.table.Dictionary;

/** Combines several distributions of the same columns into one copula. */
final class Mixture {

    private static final double MIN_EIGENVALUE = 1e-6;

    private final List<MixturePart> parts;
    private final List<MixtureColumn> columns;

    private Mixture(List<MixturePart> parts, List<MixtureColumn> columns) {
        this.parts = parts;
        this.columns = columns;
    }

    /**
     * @param before the columns of the model, or stratum, that is updated; they determine the order of the categories
     * @param whole the columns of the new model if this is one stratum of it; empty for the whole
     */
    static Mixture of(List<ColumnModel> before, List<? extends MixturePart> parts, List<ColumnModel> whole) {
        List<Optional<Dictionary>> entries = new ArrayList<>();
        List<MixtureColumn> columns = new ArrayList<>();
        for (int c = 0; c < before.size(); c++) {
            entries.add(!whole.isEmpty() && whole.get(c).values() instanceof StepValues steps ? Optional.of(steps.dictionary())
                    : Optional.empty());
            columns.add(MixtureColumn.of(c, before.get(c), parts, KnownColumn.of(before.get(c)).texts(), entries.get(c)));
        }
        NewCategories.place(columns, before, parts, entries);
        columns.forEach(column -> column.group(columns, parts));
        return new Mixture(List.copyOf(parts), columns);
    }

    List<MixtureColumn> columns() {
        return columns;
    }

    /**
     * @param whole as in {@link #of}
     * @param anchors about how many anchors describe a distribution function
     */
    List<ColumnModel> marginals(List<ColumnModel> whole, int anchors) {
        List<ColumnModel> models = new ArrayList<>();
        for (int c = 0; c < columns.size(); c++) {
            models.add(columns.get(c).model(whole.isEmpty() ? Optional.empty() : Optional.of(whole.get(c).values()), anchors));
        }
        for (MixtureColumn column : columns) {
            MixtureGroups groups = column.groups();
            if (groups != null) {
                models.set(column.index(), groups.model(models));
            }
        }
        return models;
    }

    /** @param dependent whether latent numbers are correlated at all */
    CopulaStratum stratum(double share, List<ColumnModel> marginals, boolean dependent) {
        double[][] correlation = correlation(LatentSpace.of(marginals), dependent);
        return CopulaStratum.of(share, marginals,
                dependent ? Correlations.nearest(correlation, MIN_EIGENVALUE) : correlation);
    }

    /**
     * Returns a part for later mixtures.
     *
     * @param whole the columns of the new model; numbers are listed if they are listed there
     * @param anchors about how many anchors describe a distribution function
     * @param dependent whether latent numbers are correlated at all
     */
    ModelPart part(double weight, List<ColumnModel> whole, int anchors, boolean dependent) {
        List<KnownColumn> known = new ArrayList<>();
        for (int c = 0; c < columns.size(); c++) {
            Optional<Dictionary> listed = whole.get(c).overall().values() instanceof StepValues steps
                    ? Optional.of(steps.dictionary())
                    : Optional.empty();
            known.add(columns.get(c).known(listed, anchors));
        }
        return ModelPart.of(weight, known, correlation(ModelPart.latent(known), dependent));
    }

    private double[][] correlation(LatentSpace latent, boolean dependent) {
        int size = latent.dependent();
        double[][] correlation = new double[size][size];
        for (int i = 0; i < size; i++) {
            correlation[i][i] = 1;
        }
        if (dependent) {
            fill(correlation, latent);
        }
        return correlation;
    }

    private void fill(double[][] correlation, LatentSpace latent) {
        int size = correlation.length;
        MixtureColumn[] columnOf = new MixtureColumn[size];
        boolean[] ofMissing = new boolean[size];
        for (MixtureColumn column : columns) {
            int value = latent.valueDimension()[column.index()];
            int missing = latent.missingDimension()[column.index()];
            if (value >= 0 && value < size) {
                columnOf[value] = column;
            }
            if (missing >= 0 && missing < size) {
                columnOf[missing] = column;
                ofMissing[missing] = true;
            }
        }
        MixturePart.PartScores[][] scores = new MixturePart.PartScores[parts.size()][size];
        for (int p = 0; p < parts.size(); p++) {
            for (int d = 0; d < size; d++) {
                scores[p][d] = parts.get(p).scores(columnOf[d], ofMissing[d]);
            }
        }
        for (int a = 0; a < size; a++) {
            for (int b = 0; b < a; b++) {
                if (columnOf[a] != columnOf[b]) {
                    double observed = observed(scores, a, b);
                    correlation[a][b] = scoresOf(columnOf[a], ofMissing[a])
                            .latentCorrelation(scoresOf(columnOf[b], ofMissing[b]), observed);
                    correlation[b][a] = correlation[a][b];
                }
            }
        }
    }

    private static NormalScores scoresOf(MixtureColumn column, boolean ofMissing) {
        MixtureGroups groups = column.groups();
        return ofMissing ? column.missingScores() : groups != null ? groups.meanScores() : column.valueScores();
    }

    /** Returns Pearson's correlation of two scores over the mixture, where both have a value. */
    private double observed(MixturePart.PartScores[][] scores, int a, int b) {
        double weight = 0;
        double[] sums = new double[5];
        for (int p = 0; p < scores.length; p++) {
            MixturePart.PairMoments moments = parts.get(p).moments(scores[p][a], scores[p][b]);
            double share = parts.get(p).weight() * moments.presence();
            weight += share;
            sums[0] += share * moments.meanA();
            sums[1] += share * moments.meanB();
            sums[2] += share * moments.squareA();
            sums[3] += share * moments.squareB();
            sums[4] += share * moments.product();
        }
        if (!(weight > 0)) {
            return 0;
        }
        double meanA = sums[0] / weight;
        double meanB = sums[1] / weight;
        double varianceA = sums[2] / weight - meanA * meanA;
        double varianceB = sums[3] / weight - meanB * meanB;
        return varianceA > 1e-9 && varianceB > 1e-9
                ? (sums[4] / weight - meanA * meanB) / Math.sqrt(varianceA * varianceB)
                : 0;
    }
}
