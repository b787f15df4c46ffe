package io.freshet.model;

import java.time.Instant;
import java.util.List;

import io.freshet.table.TableException;
import io.freshet.table.TableSample;

/**
 * Models that learn more without seeing again what they know. Shares and distribution functions are mixed exactly; dependence
 * is that of the scores of the mixture, whose moments follow in closed form from what is known of each of a few stretches of
 * the rows that were learned ({@link Panes}). No rows are kept, no moments go stale, and work and memory depend on the model
 * and the new rows only.
 */
public final class OnlineLearning {

    private OnlineLearning() {
    }

    /**
     * The model of the mixture (1 − weight) · old + weight · new, where time does not matter.
     *
     * @param weight 0 to 1: the influence of the new rows
     * @throws TableException as {@link #learn}
     */
    public static PartialFit partialFit(SynthesisModel model, TableSample rows, double weight) {
        return learn(model, rows, new Influence.Weight(weight), Instant.EPOCH, Instant.EPOCH);
    }

    /**
     * The model of a mixture of what a model knows and new rows. Categories and ranges that are new appear, those that no
     * longer come fade and are forgotten in the end. Patterns of keys and prose stay.
     *
     * @param rows with the columns of the model, in any order; more columns are of no matter
     * @param fittedAt when the model learned what it knew before its first update
     * @param now when the rows came
     * @throws TableException if a column is not there, or its values contradict the type it has in the model
     */
    public static PartialFit learn(SynthesisModel model, TableSample rows, Influence influence, Instant fittedAt,
            Instant now) {
        if (model instanceof ConstrainedModel constrained) {
            return learn(constrained, rows, influence, fittedAt, now);
        }
        GaussianCopula old = (GaussianCopula) model;
        if (influence instanceof Influence.Weight by && by.weight() == 0 || rows.rows().size() == 0) {
            return new PartialFit(model, unchanged(old));
        }
        List<NewColumn> columns = old.columns().stream().map(column -> NewColumn.of(rows.rows(), column)).toList();
        return LearningStep.of(old, columns, new LearningStep.Arrival(influence, rows.totalRows(), fittedAt, now)).result();
    }

    private static PartialFit learn(ConstrainedModel model, TableSample rows, Influence influence, Instant fittedAt,
            Instant now) {
        TableSample reduced;
        try {
            reduced = new TableSample(model.plan().reduced(rows.rows()), rows.totalRows(), rows.missing(), rows.valueCounts());
        } catch (ConstraintException e) {
            throw new TableException(String.valueOf(e.getMessage()));
        }
        PartialFit fit = learn(model.inner(), reduced, influence, fittedAt, now);
        return new PartialFit(new ConstrainedModel(GaussianCopula.of(fit.model()), model.plan()), fit.drift());
    }

    private static List<ColumnDrift> unchanged(GaussianCopula model) {
        ModelPart part = ModelPart.ofMarginals(1, model.columns());
        Mixture same = Mixture.of(model.columns(), List.of(part), List.of());
        return same.columns().stream().map(column -> column.drift(part.column(column.index()))).toList();
    }
}
