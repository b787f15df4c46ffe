package io.freshet.model.online;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.freshet.model.copula.CopulaStratum;
import io.freshet.model.copula.GaussianCopula;
import io.freshet.model.marginal.ColumnModel;
import io.freshet.model.marginal.StepValues;
import io.freshet.table.NumberDictionary;
import io.freshet.table.TextDictionary;

/**
 * Assigns rows to strata: each to the stratum in which its categories and listed numbers are the most likely. A value of a
 * column by which the strata were divided occurs in one stratum only, and therefore decides.
 */
final class StratumAssignment {

    private static final double UNHEARD_OF = 1e-9;

    private final GaussianCopula model;
    /** The logarithm of the share of each value, by stratum and column; null if values are not listed. */
    private final List<List<@Nullable Map<Object, Double>>> logShares = new ArrayList<>();

    StratumAssignment(GaussianCopula model) {
        this.model = model;
        for (CopulaStratum stratum : model.strata()) {
            List<@Nullable Map<Object, Double>> shares = new ArrayList<>();
            stratum.columns().forEach(column -> shares.add(model.strata().size() == 1 ? null : logShares(column.overall())));
            logShares.add(shares);
        }
    }

    private static @Nullable Map<Object, Double> logShares(ColumnModel column) {
        if (!(column.values() instanceof StepValues steps) || !steps.isLatent() && steps.dictionary().size() < 2) {
            return null;
        }
        boolean texts = steps.dictionary() instanceof TextDictionary;
        boolean bool = column.column().type() instanceof io.freshet.table.ColumnType.Bool;
        Map<Object, Double> shares = new HashMap<>();
        for (int step = 0; step < steps.marginal().size(); step++) {
            int code = steps.code(step);
            Object value = bool ? (Object) (double) code
                    : texts ? ((TextDictionary) steps.dictionary()).text(code)
                            : (Object) (double) ((NumberDictionary) steps.dictionary()).value(code);
            shares.put(value, StrictMath.log(Math.max(UNHEARD_OF, steps.marginal().share(step))));
        }
        return shares;
    }

    int[] assign(List<NewColumn> columns) {
        int[] assigned = new int[columns.get(0).rows()];
        for (int row = 0; row < assigned.length && model.strata().size() > 1; row++) {
            double best = Double.NEGATIVE_INFINITY;
            for (int s = 0; s < model.strata().size(); s++) {
                double likelihood = likelihood(columns, row, s);
                if (likelihood > best) {
                    best = likelihood;
                    assigned[row] = s;
                }
            }
        }
        return assigned;
    }

    private double likelihood(List<NewColumn> columns, int row, int stratum) {
        double sum = StrictMath.log(model.strata().get(stratum).share());
        for (int c = 0; c < columns.size(); c++) {
            Map<Object, Double> shares = logShares.get(stratum).get(c);
            if (shares != null && !columns.get(c).isMissing(row)) {
                String text = columns.get(c).text(row);
                sum += shares.getOrDefault(text != null ? text : (Object) columns.get(c).number(row),
                        StrictMath.log(UNHEARD_OF));
            }
        }
        return sum;
    }
}
