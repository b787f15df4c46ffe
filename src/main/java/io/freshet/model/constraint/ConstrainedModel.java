package io.freshet.model.constraint;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.freshet.model.ColumnCondition;
import io.freshet.model.ColumnSummary;
import io.freshet.model.Conditions;
import io.freshet.model.LayeredModel;
import io.freshet.model.RowGenerator;
import io.freshet.model.SynthesisModel;
import io.freshet.table.Schema;

/**
 * A model whose rows keep declared constraints, and relations that were found or declared ({@code RelationPlan}): an inner
 * model of what is left to learn, and columns that are derived from it.
 */
public final class ConstrainedModel implements LayeredModel {

    private final SynthesisModel inner;
    private final ConstraintPlan plan;
    private volatile @Nullable Map<Integer, ColumnSummary> decided;

    public ConstrainedModel(SynthesisModel inner, ConstraintPlan plan) {
        this.inner = inner;
        this.plan = plan;
    }

    @Override
    public SynthesisModel inner() {
        return inner;
    }

    public ConstraintPlan plan() {
        return plan;
    }

    /** Returns a description of each column that relations decide, by index; drawn once. */
    public Map<Integer, ColumnSummary> decidedColumns() {
        Map<Integer, ColumnSummary> known = decided;
        if (known == null) {
            List<Integer> columns = plan.order().stream().filter(plan.relations()::decides).toList();
            known = columns.isEmpty() ? Map.of() : DrawnSummary.of(this).columns(columns);
            decided = known;
        }
        return known;
    }

    @Override
    public Schema schema() {
        return plan.schema();
    }

    @Override
    public RowGenerator generator(long seed, Conditions conditions) {
        return generator(seed, onInner(conditions), onDerived(conditions));
    }

    private ConstrainedGenerator generator(long seed, Conditions onInner, DerivedConditions onDerived) {
        return new ConstrainedGenerator(plan, other -> inner.generator(other, onInner), onDerived, seed);
    }

    /** Conditions on derived values are met by drawing again; what they imply for other columns is met directly. */
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
