package io.freshet.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.freshet.table.RowBatch;
import io.freshet.table.TableException;
import io.freshet.table.TableSample;

/**
 * Models that learn more without seeing again what they know. A new model is that of the mixture (1 − w) · old + w · new:
 * shares
 * and distribution functions are mixed exactly; dependence is that of the scores of the mixture, whose moments under the old
 * model follow from its own correlations in closed form, so that neither rows are kept nor moments go stale. Work and memory
 * depend on the model and the new rows only.
 */
public final class OnlineLearning {

    /** A stratum of a smaller share is forgotten. */
    private static final double FADED = 1e-9;

    private OnlineLearning() {
    }

    /**
     * The model of a mixture of what a model knows and new rows. Categories and ranges that are new appear, those that no
     * longer
     * come fade and are forgotten in the end. Patterns of keys and prose stay.
     *
     * @param rows with the columns of the model, in any order; more columns are of no matter
     * @param weight 0 to 1: the influence of the new rows
     * @throws TableException if a column is not there, or its values contradict the type it has in the model
     */
    public static PartialFit partialFit(SynthesisModel model, TableSample rows, double weight) {
        if (!(weight >= 0 && weight <= 1)) {
            throw new IllegalArgumentException("weight must be 0 to 1, not " + weight);
        }
        GaussianCopula old = (GaussianCopula) model;
        if (weight == 0 || rows.rows().size() == 0) {
            return new PartialFit(model, unchanged(old));
        }
        List<NewColumn> columns = columns(old, rows.rows());
        int[] all = IntStream.range(0, rows.rows().size()).toArray();
        boolean one = old.strata().size() == 1;
        List<MixturePart> parts = new ArrayList<>();
        if (weight < 1) {
            parts.add(one ? ModelPart.of(1 - weight, old.strata().get(0)) : ModelPart.ofMarginals(1 - weight, old.columns()));
        }
        parts.add(new RowsPart(weight, columns, all));
        Mixture whole = Mixture.of(old.columns(), parts, List.of());
        List<ColumnModel> mixed = whole.marginals(List.of(), NumberAnchors.MANY);
        List<CopulaStratum> strata = one ? List.of(whole.stratum(1, mixed, isDependent(old)))
                : strata(old, columns, weight, mixed);
        ModelPart before = ModelPart.ofMarginals(1, old.columns());
        List<ColumnDrift> drift = new ArrayList<>();
        for (int c = 0; c < mixed.size(); c++) {
            drift.add(whole.columns().get(c).drift(before.column(c)));
        }
        List<ColumnModel> overall = mixed.stream().map(ColumnModel::overall).toList();
        return new PartialFit(new GaussianCopula(old.method(), overall, strata, old.fittedRows() + rows.totalRows()), drift);
    }

    private static List<ColumnDrift> unchanged(GaussianCopula model) {
        ModelPart part = ModelPart.ofMarginals(1, model.columns());
        Mixture same = Mixture.of(model.columns(), List.of(part), List.of());
        return same.columns().stream().map(column -> column.drift(part.column(column.index()))).toList();
    }

    private static boolean isDependent(GaussianCopula model) {
        return model.method() == SynthesisMethod.GAUSSIAN_COPULA;
    }

    private static List<NewColumn> columns(GaussianCopula model, RowBatch rows) {
        return model.columns().stream().map(column -> NewColumn.of(rows, column)).toList();
    }

    private static List<CopulaStratum> strata(GaussianCopula old, List<NewColumn> columns, double weight,
            List<ColumnModel> mixed) {
        int[] stratumOf = new StratumAssignment(old).assign(columns);
        double rows = stratumOf.length;
        List<CopulaStratum> strata = new ArrayList<>();
        for (int s = 0; s < old.strata().size(); s++) {
            int stratum = s;
            int[] here = IntStream.range(0, stratumOf.length).filter(row -> stratumOf[row] == stratum).toArray();
            double oldShare = (1 - weight) * old.strata().get(s).share();
            double newShare = weight * here.length / rows;
            if (oldShare + newShare < FADED) {
                continue;
            }
            List<MixturePart> parts = new ArrayList<>();
            if (oldShare > 0) {
                parts.add(ModelPart.of(oldShare, old.strata().get(s)));
            }
            if (newShare > 0) {
                parts.add(new RowsPart(newShare, columns, here));
            }
            Mixture mixture = Mixture.of(old.strata().get(s).columns(), parts, mixed);
            strata.add(mixture.stratum(oldShare + newShare, mixture.marginals(mixed, NumberAnchors.FEW), true));
        }
        return strata;
    }
}
