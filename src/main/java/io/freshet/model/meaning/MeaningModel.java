package io.freshet.model.meaning;

import io.freshet.model.ColumnCondition;
import io.freshet.model.ConditionException;
import io.freshet.model.Conditions;
import io.freshet.model.LayeredModel;
import io.freshet.model.Operator;
import io.freshet.model.RowGenerator;
import io.freshet.model.SynthesisModel;
import io.freshet.table.Schema;

/**
 * A model that generates texts by their meaning. An inner model draws all other columns and decides which texts are missing; a
 * plan generates the texts. Row <i>i</i> remains a pure function of (model, seed, conditions, <i>i</i>).
 */
public final class MeaningModel implements LayeredModel {

    private final SynthesisModel inner;
    private final MeaningPlan plan;
    private final Schema schema;

    private MeaningModel(SynthesisModel inner, MeaningPlan plan) {
        this.inner = inner;
        this.plan = plan;
        this.schema = plan.outer(inner.schema());
    }

    /** Returns a model with these texts, or the inner model itself if the plan has none. */
    public static SynthesisModel of(SynthesisModel inner, MeaningPlan plan) {
        return plan.isEmpty() ? inner : new MeaningModel(inner, plan);
    }

    @Override
    public SynthesisModel inner() {
        return inner;
    }

    public MeaningPlan plan() {
        return plan;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public RowGenerator generator(long seed, Conditions conditions) {
        requirePossible(conditions);
        return new MeaningGenerator(this, inner.generator(seed, conditions), seed);
    }

    @Override
    public double probability(Conditions conditions) {
        requirePossible(conditions);
        return inner.probability(conditions);
    }

    private void requirePossible(Conditions conditions) {
        for (ColumnCondition condition : conditions.conditions()) {
            int index = schema.indexOf(condition.column());
            if (index >= 0 && plan.has(index) && condition.operator() != Operator.IS_NULL) {
                throw new ConditionException(condition.column(), condition.column() + " is of type "
                        + schema.column(index).type().typeName() + ": it only supports is_null");
            }
        }
    }
}
