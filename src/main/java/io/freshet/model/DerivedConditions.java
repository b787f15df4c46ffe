package io.freshet.model;

import java.util.ArrayList;
import java.util.List;

import io.freshet.table.Column;
import io.freshet.table.ColumnVector;
import io.freshet.table.FloatingVector;
import io.freshet.table.NumberVector;
import io.freshet.table.RowBatch;
import io.freshet.table.Schema;

/** Conditions on columns that follow from others, tested on rows as they are drawn. */
final class DerivedConditions {

    static final DerivedConditions NONE = new DerivedConditions(List.of());

    private static final int TRIALS = 8_192;
    /** Of so many rows; if fewer satisfy the conditions, drawing takes too long. */
    private static final int FEWEST = 8;

    private final List<Test> tests;

    private DerivedConditions(List<Test> tests) {
        this.tests = List.copyOf(tests);
    }

    /** @param ranges empty where the value is to be missing */
    private record Test(int column, List<ValueRanges.Range> ranges) {

        boolean holds(RowBatch rows, int row) {
            ColumnVector vector = rows.vector(column);
            if (vector.isMissing(row)) {
                return ranges.isEmpty();
            }
            double value = vector instanceof FloatingVector doubles ? doubles.values()[row]
                    : ((NumberVector) vector).values()[row];
            return ranges.stream().anyMatch(range -> range.from() <= value && value < range.to());
        }
    }

    /**
     * @param free draws rows without these conditions
     * @throws ConditionException if a condition does not fit its column, or hardly any row satisfies all
     */
    static DerivedConditions of(List<ColumnCondition> conditions, Schema schema, RowGenerator free) {
        List<Test> tests = new ArrayList<>();
        for (ColumnCondition condition : conditions) {
            int index = schema.indexOf(condition.column());
            tests.add(new Test(index, ranges(condition, schema.column(index))));
        }
        DerivedConditions derived = new DerivedConditions(tests);
        if (derived.acceptance(free) * TRIALS < FEWEST) {
            String column = conditions.get(0).column();
            throw new ConditionException(column, column + " follows from other columns by a constraint, and hardly any row has "
                    + "such a value; put conditions on those");
        }
        return derived;
    }

    private static List<ValueRanges.Range> ranges(ColumnCondition condition, Column column) {
        if (condition.operator() != Operator.IS_NULL) {
            return new ValueRanges(column).of(condition);
        }
        return Boolean.TRUE.equals(condition.operands().get(0)) ? List.of()
                : List.of(new ValueRanges.Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
    }

    boolean hold(RowBatch rows, int row) {
        for (Test test : tests) {
            if (!test.holds(rows, row)) {
                return false;
            }
        }
        return true;
    }

    boolean isEmpty() {
        return tests.isEmpty();
    }

    /** The share of the rows of a generator that satisfy them, estimated. */
    double acceptance(RowGenerator free) {
        if (tests.isEmpty()) {
            return 1;
        }
        RowBatch rows = free.newBatch(TRIALS);
        free.fill(rows, 0, TRIALS);
        int accepted = 0;
        for (int row = 0; row < TRIALS; row++) {
            accepted += hold(rows, row) ? 1 : 0;
        }
        return accepted / (double) TRIALS;
    }
}
