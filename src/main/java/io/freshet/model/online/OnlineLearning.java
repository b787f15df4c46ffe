package io.freshet.model.online;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.freshet.model.ColumnDrift;
import io.freshet.model.ConstraintException;
import io.freshet.model.Influence;
import io.freshet.model.PartialFit;
import io.freshet.model.SynthesisModel;
import io.freshet.model.constraint.ConstrainedModel;
import io.freshet.model.constraint.ConstraintPlan;
import io.freshet.model.copula.GaussianCopula;
import io.freshet.model.declared.DeclaredModel;
import io.freshet.model.gan.GanModel;
import io.freshet.model.meaning.MeaningModel;
import io.freshet.model.privacy.PrivateModel;
import io.freshet.model.relation.FoundRelation;
import io.freshet.model.relation.RelationPlan;
import io.freshet.model.tree.TreeModel;
import io.freshet.table.Notice;
import io.freshet.table.TableException;
import io.freshet.table.TableSample;

/**
 * Updates models with new rows, without access to the rows they were fitted to. Shares and distribution functions are mixed
 * exactly. The dependence is that of the scores of the mixture, whose moments follow in closed form from what is known about
 * each of a few segments of the learned rows ({@link Panes}). No rows are kept, no moments become stale, and work and memory
 * depend only on the model and the new rows.
 */
public final class OnlineLearning {

    private static final int DRIFT_ROWS = 4_000;

    private OnlineLearning() {
    }

    /**
     * Returns the model of the mixture (1 − weight) · old + weight · new, regardless of time.
     *
     * @param weight 0 to 1: the influence of the new rows
     * @throws TableException as {@link #learn}
     */
    public static PartialFit partialFit(SynthesisModel model, TableSample rows, double weight) {
        return learn(model, rows, new Influence.Weight(weight), Instant.EPOCH, Instant.EPOCH);
    }

    /**
     * Returns the model of a mixture of what a model knows and new rows. New categories and ranges appear; those that no longer
     * occur decay and are eventually dropped. Patterns of keys and prose do not change.
     *
     * @param rows with the columns of the model, in any order; further columns are ignored
     * @param fittedAt when the model learned what it knew before its first update
     * @param now when the rows arrived
     * @throws TableException if a column is missing, or its values contradict its type in the model
     */
    public static PartialFit learn(SynthesisModel model, TableSample rows, Influence influence, Instant fittedAt,
            Instant now) {
        return learned(model, rows, influence, fittedAt, now).ofRows(rows.totalRows());
    }

    private static PartialFit learned(SynthesisModel model, TableSample rows, Influence influence, Instant fittedAt,
            Instant now) {
        if (model instanceof MeaningModel texts) {
            PartialFit fit = learn(texts.inner(), texts.plan().reduced(rows), influence, fittedAt, now);
            return new PartialFit(MeaningModel.of(fit.model(), texts.plan()), fit.drift(), fit.notices());
        }
        if (model instanceof PrivateModel) {
            throw new TableException("a model with the method mst learns only with epsilon, within a budget");
        }
        if (model instanceof ConstrainedModel constrained) {
            return learn(constrained, rows, influence, fittedAt, now);
        }
        if (model instanceof TreeModel trees) {
            return TreeLearning.learn(trees, rows, influence, fittedAt, now);
        }
        if (model instanceof GanModel gan) {
            return GanLearning.learn(gan, rows, influence, fittedAt, now);
        }
        if (model instanceof DeclaredModel) {
            throw new TableException("the model was declared, so that it cannot learn from rows; fit a model to the table");
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
        TableSample known = model.plan().relations().relations().isEmpty() ? rows : aligned(model, rows);
        RelationPlan relations = model.plan().relations();
        List<FoundRelation> broken = relations.brokenBy(known.rows());
        if (!broken.isEmpty() && !(influence instanceof Influence.Weight by && by.weight() == 0)) {
            return relearn(model, known, keptRows(model, rows, influence, fittedAt, now), influence, broken);
        }
        ConstraintPlan plan = model.plan().with(relations.widened(known.rows()));
        TableSample reduced;
        try {
            reduced = new TableSample(plan.reduced(known.rows()), rows.totalRows(), rows.missing(), rows.valueCounts());
        } catch (ConstraintException e) {
            throw new TableException(String.valueOf(e.getMessage()));
        }
        PartialFit fit = learn(model.inner(), reduced, influence, fittedAt, now);
        return new PartialFit(new ConstrainedModel(fit.model(), plan.widened(known.rows())),
                drift(model, known, share(rows, keptRows(model, rows, influence, fittedAt, now), influence),
                        fit.drift()));
    }

    /** Returns how many of the rows that a model knows remain within the window. */
    static long keptRows(SynthesisModel model, TableSample rows, Influence influence, Instant fittedAt, Instant now) {
        if (influence instanceof Influence.LastRows by) {
            return Math.max(0, Math.min(model.fittedRows(), by.rows() - rows.totalRows()));
        }
        boolean past = influence instanceof Influence.LastTime by && fittedAt.isBefore(now.minus(by.span()));
        return past ? 0 : model.fittedRows();
    }

    static double share(TableSample rows, long kept, Influence influence) {
        return influence instanceof Influence.Weight by ? by.weight()
                : rows.totalRows() / (double) Math.max(1, kept + rows.totalRows());
    }

    /** What the inner model knows of columns that relations decide is not what users see of them. */
    private static List<ColumnDrift> drift(ConstrainedModel model, TableSample rows, double share, List<ColumnDrift> inner) {
        RelationPlan relations = model.plan().relations();
        if (relations.relations().isEmpty() || rows.rows().size() == 0) {
            return inner;
        }
        List<ColumnDrift> seen = RowDrift.of(model.schema(), RelearnedModel.drawn(model, DRIFT_ROWS), rows.rows(), share);
        return IntStream.range(0, inner.size())
                .mapToObj(c -> c < seen.size() && relations.decides(c) ? seen.get(c) : inner.get(c)).toList();
    }

    /** New rows as relations read them: in the columns of the model, their types and their order. */
    private static TableSample aligned(ConstrainedModel model, TableSample rows) {
        return RelearnedModel.aligned(model.schema(), rows);
    }

    /** Relations that the new rows break are no longer kept, which leaves more to learn than the model knows. */
    private static PartialFit relearn(ConstrainedModel model, TableSample rows, long kept, Influence influence,
            List<FoundRelation> broken) {
        double share = share(rows, kept, influence);
        try {
            SynthesisModel learned = new RelearnedModel(model, rows.rows()).fit(share, kept + rows.totalRows());
            return new PartialFit(learned,
                    broken(RowDrift.of(model.schema(), RelearnedModel.drawn(model, DRIFT_ROWS), rows.rows(), share), broken,
                            model),
                    broken.stream().map(found -> notice(found, model, learned)).toList());
        } catch (ConstraintException e) {
            throw new TableException(String.valueOf(e.getMessage()));
        }
    }

    /** Returns the drift of each column with the relations that no longer decide it. */
    private static List<ColumnDrift> broken(List<ColumnDrift> drift, List<FoundRelation> broken, ConstrainedModel model) {
        List<ColumnDrift> columns = new ArrayList<>(drift);
        for (FoundRelation found : broken) {
            String name = model.schema().column(found.relation().target()).name();
            columns.replaceAll(column -> column.name().equals(name)
                    ? column.breaking(found.relation().text(model.schema()))
                    : column);
        }
        return columns;
    }

    private static Notice notice(FoundRelation broken, ConstrainedModel model, SynthesisModel learned) {
        String text = broken.relation().text(model.schema());
        boolean kept = learned instanceof ConstrainedModel constrained && constrained.plan().relations().relations().stream()
                .anyMatch(found -> found.relation().text(learned.schema()).equals(text));
        return Notice.ofColumn(model.schema().column(broken.relation().target()).name(), "New rows break the relation " + text
                + (kept ? "; the model now keeps it as all rows together show it."
                        : ", so that the model no longer keeps it."));
    }

    private static List<ColumnDrift> unchanged(GaussianCopula model) {
        ModelPart part = ModelPart.ofMarginals(1, model.columns());
        Mixture same = Mixture.of(model.columns(), List.of(part), List.of());
        return same.columns().stream().map(column -> column.drift(part.column(column.index()))).toList();
    }
}
