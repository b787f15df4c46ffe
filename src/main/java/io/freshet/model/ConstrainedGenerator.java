package io.freshet.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

import org.jspecify.annotations.Nullable;

import io.freshet.table.CodedVector;
import io.freshet.table.ColumnVector;
import io.freshet.table.FloatingVector;
import io.freshet.table.NumberVector;
import io.freshet.table.RowBatch;

/**
 * Draws the rows of a {@link ConstrainedModel}. A row that does not satisfy the conditions on derived columns is drawn again
 * with another seed that follows from the number of the attempt, so that it stays a pure function of its index; prose and
 * keys stay those of the first attempt.
 */
final class ConstrainedGenerator implements RowGenerator {

    private static final long NEXT_SEED = 0x9E3779B97F4A7C15L;

    private final ConstraintPlan plan;
    private final LongFunction<RowGenerator> inner;
    private final DerivedConditions conditions;
    private final long seed;
    private final List<RowGenerator> attempts = new ArrayList<>();
    private @Nullable RowBatch last;
    private @Nullable RowBatch innerOfLast;
    private @Nullable RowBatch single;

    /** @param inner a generator of the inner model for a seed */
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
        plan.derived().forEach(column -> vectors.set(column.index(), column.newVector(capacity)));
        return RowBatch.wrap(plan.schema(), vectors);
    }

    @Override
    public void fill(RowBatch batch, long firstRow, int rows) {
        fill(attempts.get(0), innerOf(batch), batch, firstRow, rows);
        for (int row = 0; row < rows && !conditions.isEmpty(); row++) {
            int attempt = 1;
            while (!conditions.hold(batch, row)) {
                again(batch, row, firstRow + row, attempt++);
            }
        }
    }

    /** The batch with vectors of its own for the derived columns, as the inner model has them. */
    private RowBatch innerOf(RowBatch batch) {
        RowBatch known = innerOfLast;
        if (last != batch || known == null) {
            RowBatch drawn = attempts.get(0).newBatch(batch.capacity());
            List<ColumnVector> vectors = new ArrayList<>();
            for (int c = 0; c < drawn.schema().size(); c++) {
                vectors.add(c >= plan.schema().size() || plan.isDerived(c) ? drawn.vector(c) : batch.vector(c));
            }
            known = RowBatch.wrap(drawn.schema(), vectors);
            innerOfLast = known;
            last = batch;
        }
        return known;
    }

    private void fill(RowGenerator from, RowBatch drawn, RowBatch batch, long firstRow, int rows) {
        from.fill(drawn, firstRow, rows);
        batch.hold(firstRow, rows);
        for (DerivedColumn column : plan.derived()) {
            ColumnVector out = batch.vector(column.index());
            if (column.constraint() instanceof Constraint.TimeOfDay) {
                ClockTimes.of(column, plan.schema()).join(out, drawn, rows);
            } else {
                column.derive(out, drawn.vector(column.index()),
                        source -> NumberReader.of(plan.schema().column(source), batch.vector(source)),
                        firstRow, rows);
            }
        }
    }

    private void again(RowBatch batch, int row, long number, int attempt) {
        if (attempts.size() <= attempt) {
            attempts.add(inner.apply(seed + attempt * NEXT_SEED));
        }
        RowBatch one = single;
        if (one == null) {
            one = newBatch(1);
            single = one;
        }
        RowBatch before = last;
        RowBatch innerBefore = innerOfLast;
        fill(attempts.get(attempt), innerOf(one), one, number, 1);
        last = before;
        innerOfLast = innerBefore;
        for (int c = 0; c < plan.schema().size(); c++) {
            copy(one.vector(c), batch.vector(c), row);
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
