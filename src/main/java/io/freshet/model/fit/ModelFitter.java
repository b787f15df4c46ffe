package io.freshet.model.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.freshet.model.ConstraintException;
import io.freshet.model.FitOptions;
import io.freshet.model.FittedModel;
import io.freshet.model.MethodChoice;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.model.constraint.ConstrainedModel;
import io.freshet.model.constraint.ConstraintPlan;
import io.freshet.model.copula.CopulaStratum;
import io.freshet.model.copula.GaussianCopula;
import io.freshet.model.copula.LatentSpace;
import io.freshet.model.gan.GanFitter;
import io.freshet.model.marginal.ColumnModel;
import io.freshet.model.meaning.MeaningModel;
import io.freshet.model.meaning.MeaningPlan;
import io.freshet.model.tree.TreeFitter;
import io.freshet.model.tree.TreeOptions;
import io.freshet.stats.Correlations;
import io.freshet.table.TableException;
import io.freshet.table.TableSample;

/** Fits a model to a table: marginals from exact counts if available, dependence from the sampled rows. */
public final class ModelFitter {

    private static final double MIN_EIGENVALUE = 1e-6;
    /** The work on the dependence is limited to about this many products. */
    private static final double MAX_PRODUCTS = 2e9;
    /** The maximum number of rows from which the dependence is estimated. */
    static final int MAX_ROWS = 200_000;
    /** A target with more values does not divide the rows into strata. */
    private static final int MAX_TARGET_LEVELS = 100;

    private ModelFitter() {
    }

    public static SynthesisModel fit(TableSample sample, SynthesisMethod method) {
        return fit(sample, method, FitOptions.defaults());
    }

    /**
     * @param sample at least one row
     * @throws ConstraintException if a constraint does not hold in the table
     */
    public static SynthesisModel fit(TableSample sample, SynthesisMethod method, FitOptions options) {
        return fitted(sample, method, options).model();
    }

    /**
     * Fits a model, and returns why its method was selected if that is {@link SynthesisMethod#AUTO}.
     *
     * @param sample at least one row
     * @throws ConstraintException if a constraint does not hold in the table
     * @throws TableException if no column of this name can be a target, or the method treats columns as independent
     */
    public static FittedModel fitted(TableSample sample, SynthesisMethod method, FitOptions options) {
        if (method == SynthesisMethod.MST) {
            throw new TableException("the method mst needs epsilon");
        }
        if (options.target().isPresent()) {
            TargetColumn.require(sample.schema(), options.target().get());
            if (method == SynthesisMethod.INDEPENDENT) {
                throw new TableException(TargetColumn.NEEDS_DEPENDENCE);
            }
        }
        MeaningPlan texts = MeaningPlan.of(sample,
                name -> options.constraints().stream().anyMatch(constraint -> constraint.text().contains(name))
                        || options.relations().declared().stream().anyMatch(relation -> relation.contains(name)),
                options.texts());
        FittedModel inner = withoutTexts(texts.reduced(sample), method, options);
        return new FittedModel(MeaningModel.of(inner.model(), texts), inner.choice());
    }

    private static FittedModel withoutTexts(TableSample sample, SynthesisMethod method, FitOptions options) {
        ConstraintPlan plan = ConstraintPlan.of(sample, options);
        int target = options.target().map(sample.schema()::indexOf).map(plan::drawn).orElse(TreeOptions.NO_TARGET);
        if (plan.isEmpty()) {
            return free(sample, method, target, options);
        }
        FittedModel free = free(plan.reduced(sample), method, target, options);
        return new FittedModel(new ConstrainedModel(free.model(), plan), free.choice());
    }

    /** Fits a model to columns without constraints. */
    private static FittedModel free(TableSample sample, SynthesisMethod method, int target, FitOptions options) {
        if (method == SynthesisMethod.AUTO) {
            MethodChoice choice = MethodChooser.choose(sample, target,
                    (part, known) -> copula(part, SynthesisMethod.GAUSSIAN_COPULA, known, options),
                    (part, known) -> TreeFitter.fit(part, TreeOptions.defaults().withTarget(known)));
            return new FittedModel(free(sample, choice.method(), target, options).model(), Optional.of(choice));
        }
        SynthesisModel model = switch (method) {
            case TREES -> TreeFitter.fit(sample, TreeOptions.defaults().withTarget(target));
            case CTGAN -> GanFitter.fit(sample, options.training(), options.monitor());
            default -> copula(sample, method, target, options);
        };
        return new FittedModel(model, Optional.empty());
    }

    private static GaussianCopula copula(TableSample sample, SynthesisMethod method, int target,
            FitOptions options) {
        List<FittedColumn> columns = ColumnReading.columns(sample);
        boolean dependent = method == SynthesisMethod.GAUSSIAN_COPULA;
        CopulaStratum all = stratum(1, columns, dependent);
        if (dependent && new ParentSearch(columns, all).find()) {
            all = stratum(1, columns, true);
        }
        List<ColumnModel> marginals = all.columns().stream().map(ColumnModel::overall).toList();
        List<CopulaStratum> strata = List.of(all);
        boolean byTarget = target >= 0 && columns.get(target).hasLevels(MAX_TARGET_LEVELS);
        if (dependent && (byTarget || options.strata())) {
            Strata best = byTarget ? Strata.of(columns.get(target), TargetColumn.MIN_ROWS)
                    : new StrataSearch(columns, all).best();
            strata = best.size() == 1 ? strata : strata(columns, best);
        }
        return new GaussianCopula(method, marginals, strata, sample.totalRows());
    }

    /** Fits one copula per stratum. */
    static List<CopulaStratum> strata(List<FittedColumn> columns, Strata strata) {
        List<CopulaStratum> parts = new ArrayList<>();
        for (int s = 0; s < strata.size(); s++) {
            int[] rows = strata.rows(s);
            if (rows.length > 0) {
                List<FittedColumn> within = FittedColumn.within(columns, rows);
                parts.add(stratum(rows.length / (double) strata.rows(), within, true));
            }
        }
        return parts;
    }

    private static CopulaStratum stratum(double share, List<FittedColumn> columns, boolean dependent) {
        int rows = columns.get(0).rows();
        columns.forEach(column -> column.group(false));
        if (dependent) {
            new CategoryOrder(columns, Math.min(rows, MAX_ROWS)).arrange();
        }
        columns.forEach(column -> column.group(true));
        List<ColumnModel> models = columns.stream().map(FittedColumn::model).toList();
        int size = LatentSpace.of(models).dependent();
        return CopulaStratum.of(share, models, dependent ? correlation(columns, size, rows) : identity(size));
    }

    private static double[][] identity(int size) {
        double[][] identity = new double[size][size];
        for (int i = 0; i < size; i++) {
            identity[i][i] = 1;
        }
        return identity;
    }

    private static double[][] correlation(List<FittedColumn> columns, int size, int rows) {
        List<LatentScores> scores = new ArrayList<>();
        for (int c = 0; c < columns.size() && scores.size() < size; c++) {
            columns.get(c).addScores(scores);
        }
        int used = (int) Math.max(1, Math.min(Math.min(rows, MAX_ROWS), MAX_PRODUCTS / ((double) size * size)));
        double[][] correlation = identity(size);
        for (int a = 0; a < size; a++) {
            for (int b = 0; b < a; b++) {
                // a column's value says nothing about its own missingness, because it is never observed when it is missing
                boolean own = scores.get(a).column() == scores.get(b).column();
                correlation[a][b] = own ? 0 : scores.get(a).latentCorrelation(scores.get(b), used);
                correlation[b][a] = correlation[a][b];
            }
        }
        return Correlations.nearest(correlation, MIN_EIGENVALUE);
    }
}
