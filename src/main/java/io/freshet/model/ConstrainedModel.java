package io.freshet.model;

import java.util.List;

import io.freshet.table.Schema;

/** A model whose rows keep declared constraints: an inner one of what is left to learn, and columns that follow from it. */
final class ConstrainedModel implements SynthesisModel {

    private final GaussianCopula inner;
    private final ConstraintPlan plan;

    ConstrainedModel(GaussianCopula inner, ConstraintPlan plan) {
        this.inner = inner;
        this.plan = plan;
    }

    GaussianCopula inner() {
        return inner;
    }

    ConstraintPlan plan() {
        return plan;
    }

    @Override
    public SynthesisMethod method() {
        return inner.method();
    }

    @Override
    public Schema schema() {
        return plan.schema();
    }

    @Override
    public long fittedRows() {
        return inner.fittedRows();
    }

    @Override
    public RowGenerator generator(long seed, Conditions conditions) {
        return generator(seed, onInner(conditions), onDerived(conditions));
    }

    private ConstrainedGenerator generator(long seed, Conditions onInner, DerivedConditions onDerived) {
        return new ConstrainedGenerator(plan, other -> inner.generator(other, onInner), onDerived, seed);
    }

    /**
     * Conditions on values that follow from others are met by drawing again; what they imply for those others is met at once.
     */
    @Override
    public double probability(Conditions conditions) {
        return inner.probability(onInner(conditions))
                * onDerived(conditions).acceptance(generator(0, onInner(conditions), DerivedConditions.NONE));
    }

    private Conditions onInner(Conditions conditions) {
        ImpliedConditions implied = new ImpliedConditions(plan, inner);
        return new Conditions(conditions.conditions().stream().flatMap(condition -> implied.of(condition).stream()).toList());
    }

    private DerivedConditions onDerived(Conditions conditions) {
        List<ColumnCondition> left = conditions.conditions().stream().filter(this::isDerived).toList();
        return left.isEmpty() ? DerivedConditions.NONE
                : DerivedConditions.of(left, plan.schema(), generator(0, onInner(conditions), DerivedConditions.NONE));
    }

    private boolean isDerived(ColumnCondition condition) {
        int index = plan.schema().indexOf(condition.column());
        return index >= 0 && plan.isDerived(index);
    }
}
