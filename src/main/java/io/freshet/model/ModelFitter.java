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
    private static final int MOST_ROWS = 200_000;

    private ModelFitter() {
    }

    public static SynthesisModel fit(TableSample sample, SynthesisMethod method) {
        int rows = sample.rows().size();
        List<FittedColumn> fitted = new ArrayList<>();
        for (int c = 0; c < sample.schema().size(); c++) {
            fitted.add(FittedColumn.of(sample, c));
        }
        if (method == SynthesisMethod.GAUSSIAN_COPULA) {
            new CategoryOrder(fitted, Math.min(rows, MOST_ROWS)).arrange();
        }
        List<ColumnModel> columns = fitted.stream().map(FittedColumn::model).toList();
        List<LatentScores> scores = new ArrayList<>();
        fitted.forEach(column -> column.addScores(scores));
        int size = LatentSpace.of(columns).dependent();
        double[][] correlation = method == SynthesisMethod.GAUSSIAN_COPULA ? correlation(scores.subList(0, size), rows)
                : identity(size);
        return new GaussianCopula(method, columns, List.of(CopulaStratum.of(1, columns, correlation)),
                sample.totalRows());
    }

    private static double[][] identity(int size) {
        double[][] identity = new double[size][size];
        for (int i = 0; i < size; i++) {
            identity[i][i] = 1;
        }
        return identity;
    }

    private static double[][] correlation(List<LatentScores> scores, int rows) {
        int size = scores.size();
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
