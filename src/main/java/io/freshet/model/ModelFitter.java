package io.freshet.model;

import java.util.ArrayList;
import java.util.List;

import io.freshet.stats.Correlations;
import io.freshet.table.TableSample;

/** Fits a model to a table: marginals from exact counts where there are some, dependence from the sampled rows. */
public final class ModelFitter {

    private static final double LEAST_EIGENVALUE = 1e-4;
    /** Work on the dependence is bounded to about this many products. */
    private static final double MOST_PRODUCTS = 2e9;
    /** The dependence is that of so many rows. */
    static final int MOST_ROWS = 200_000;

    private ModelFitter() {
    }

    public static SynthesisModel fit(TableSample sample, SynthesisMethod method) {
        return fit(sample, method, FitOptions.defaults());
    }

    /**
     * @param sample at least one row
     * @throws ConstraintException if the table does not have a constraint
     */
    public static SynthesisModel fit(TableSample sample, SynthesisMethod method, FitOptions options) {
        ConstraintPlan plan = ConstraintPlan.of(sample, options.constraints());
        if (plan.constraints().isEmpty()) {
            return copula(sample, method, options);
        }
        return new ConstrainedModel(copula(plan.reduced(sample), method, options), plan);
    }

    private static GaussianCopula copula(TableSample sample, SynthesisMethod method, FitOptions options) {
        List<FittedColumn> columns = ColumnReading.columns(sample);
        boolean dependent = method == SynthesisMethod.GAUSSIAN_COPULA;
        CopulaStratum all = stratum(1, columns, dependent);
        if (dependent && new ParentSearch(columns, all).find()) {
            all = stratum(1, columns, true);
        }
        List<ColumnModel> marginals = all.columns().stream().map(ColumnModel::overall).toList();
        List<CopulaStratum> strata = List.of(all);
        if (dependent && options.strata()) {
            Strata best = new StrataSearch(columns, all).best();
            strata = best.size() == 1 ? strata : strata(columns, best);
        }
        return new GaussianCopula(method, marginals, strata, sample.totalRows());
    }

    /** One copula for each stratum. */
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
            new CategoryOrder(columns, Math.min(rows, MOST_ROWS)).arrange();
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
        int used = (int) Math.max(1, Math.min(Math.min(rows, MOST_ROWS), MOST_PRODUCTS / ((double) size * size)));
        double[][] correlation = identity(size);
        for (int a = 0; a < size; a++) {
            for (int b = 0; b < a; b++) {
                // a column's value says nothing of its own missingness: it is never seen when missing
                boolean own = scores.get(a).column() == scores.get(b).column();
                correlation[a][b] = own ? 0 : scores.get(a).latentCorrelation(scores.get(b), used);
                correlation[b][a] = correlation[a][b];
            }
        }
        return Correlations.nearest(correlation, LEAST_EIGENVALUE);
    }
}
