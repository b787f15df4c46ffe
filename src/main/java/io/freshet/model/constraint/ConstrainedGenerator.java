package io.freshet.model.constraint;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

import org.jspecify.annotations.Nullable;

import io.freshet.model.Constraint;
import io.freshet.model.RowGenerator;
import io.freshet.model.marginal.NumberReader;
import io.freshet.model.relation.RowStep;
import io.freshet.table.CodedVector;
import io.freshet.table.ColumnVector;
import io.freshet.table.FloatingVector;
import io.freshet.table.NumberVector;
import io.freshet.table.RowBatch;

/**
 * Draws the rows of a {@link ConstrainedModel}. A row that does not satisfy the conditions on derived columns is drawn again
 * with another seed. The seed is derived from the number of the attempt, so that the row remains a pure function of its index.
 * Prose and keys remain those of the first attempt.
 */
final class ConstrainedGenerator implements RowGenerator {

    private static final long NEXT_SEED = 0x9E3779B97F4A7C15L;

    private final ConstraintPlan plan;
    private final LongFunction<RowGenerator> inner;
    private final DerivedConditions conditions;
    private final long seed;
    private final List<RowGenerator> attempts = new ArrayList<>();
    private @Nullable Place last;
    private @Nullable Place single;

    /** Writes the values of one column that follow from what is in the batch already. */
    @FunctionalInterface
    private interface Derivation {

        void derive(long firstRow, int rows);
    }

    /**
     * Where rows are drawn to.
     *
     * @param drawn the batch with vectors of its own for the derived columns, as the inner model has them
     */
    private record Place(RowBatch batch, RowBatch drawn, List<Derivation> derivations) {
    }

    /** @param inner returns a generator of the inner model for a seed */
    ConstrainedGenerator(ConstraintPlan plan, LongFunction<RowGenerator> inner, DerivedConditions conditions, long seed) {
        this.plan = plan;
        this.inner = inner;
        this.conditions = conditions;
        this.seed = seed;
        attempts.add(inner.apply(seed));
    }

    @Override
    public RowBatch newBatch(int capacity) {
        RowBatch drawn = attempts.get(0).newBatch(capacity);
        List<ColumnVector> vectors = new ArrayList<>();
        for (int c = 0; c < plan.schema().size(); c++) {
            vectors.add(drawn.vector(c));
        }
        plan.order().stream().filter(plan.relations()::decides).forEach(c -> vectors.set(c,
                plan.relations().newVector(c, plan.schema().column(c), drawn.vector(c), capacity)));
        plan.derived().forEach(column -> vectors.set(column.index(), column.newVector(capacity)));
        return RowBatch.wrap(plan.schema(), vectors);
    }

    @Override
    public void fill(RowBatch batch, long firstRow, int rows) {
        Place place = last;
        if (place == null || place.batch != batch) {
            place = place(batch);
            last = place;
        }
        fill(attempts.get(0), place, firstRow, rows);
        for (int row = 0; row < rows && !conditions.isEmpty(); row++) {
            int attempt = 1;
            while (!conditions.hold(batch, row)) {
                again(batch, row, firstRow + row, attempt++);
            }
        }
    }

    private Place place(RowBatch batch) {
        RowBatch inner = attempts.get(0).newBatch(batch.capacity());
        List<ColumnVector> vectors = new ArrayList<>();
        for (int c = 0; c < inner.schema().size(); c++) {
            vectors.add(c >= plan.schema().size() || plan.isDerived(c) ? inner.vector(c) : batch.vector(c));
        }
        RowBatch drawn = RowBatch.wrap(inner.schema(), vectors);
        List<Derivation> derivations = new ArrayList<>();
        for (int index : plan.order()) {
            plan.constrained(index).ifPresent(column -> derivations.add(declared(column, drawn, batch)));
            if (plan.relations().decides(index)) {
                derivations.add(related(index, drawn, batch));
            }
        }
        return new Place(batch, drawn, List.copyOf(derivations));
    }

    private static void fill(RowGenerator from, Place place, long firstRow, int rows) {
        from.fill(place.drawn, firstRow, rows);
        place.batch.hold(firstRow, rows);
        for (Derivation derivation : place.derivations) {
            derivation.derive(firstRow, rows);
        }
    }

    private Derivation declared(DerivedColumn column, RowBatch drawn, RowBatch batch) {
        ColumnVector out = batch.vector(column.index());
        if (column.constraint() instanceof Constraint.TimeOfDay) {
            ClockTimes clock = ClockTimes.of(column, plan.schema());
            return (firstRow, rows) -> clock.join(out, drawn, rows);
        }
        return (firstRow, rows) -> column.derive(out, drawn.vector(column.index()),
                source -> NumberReader.of(plan.schema().column(source), batch.vector(source)), firstRow, rows);
    }

    private Derivation related(int index, RowBatch drawn, RowBatch batch) {
        List<RowStep> steps = plan.relations().derivation(index, batch, drawn.schema().column(index), drawn.vector(index),
                seed);
        return (firstRow, rows) -> {
            for (RowStep step : steps) {
                step.applyAll(rows);
            }
        };
    }

    private void again(RowBatch batch, int row, long number, int attempt) {
        if (attempts.size() <= attempt) {
            attempts.add(inner.apply(seed + attempt * NEXT_SEED));
        }
        Place one = single;
        if (one == null) {
            one = place(newBatch(1));
            single = one;
        }
        fill(attempts.get(attempt), one, number, 1);
        for (int c = 0; c < plan.schema().size(); c++) {
            copy(one.batch.vector(c), batch.vector(c), row);
        }
    }

    private static void copy(ColumnVector from, ColumnVector to, int row) {
        if (from instanceof CodedVector coded) {
            ((CodedVector) to).codes()[row] = coded.codes()[0];
        } else if (from instanceof NumberVector numbers) {
            ((NumberVector) to).values()[row] = numbers.values()[0];
        } else if (from instanceof FloatingVector doubles) {
            ((FloatingVector) to).values()[row] = doubles.values()[0];
        }
    }
}
