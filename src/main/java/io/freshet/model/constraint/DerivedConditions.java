package io.freshet.model.constraint;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import io.freshet.model.ColumnCondition;
import io.freshet.model.ConditionException;
import io.freshet.model.Conditions;
import io.freshet.model.Operator;
import io.freshet.model.RowGenerator;
import io.freshet.model.marginal.CategoryTest;
import io.freshet.model.marginal.ValueRanges;
import io.freshet.table.CodedVector;
import io.freshet.table.Column;
import io.freshet.table.ColumnVector;
import io.freshet.table.FloatingVector;
import io.freshet.table.NumberVector;
import io.freshet.table.RowBatch;
import io.freshet.table.Schema;
import io.freshet.table.TextDictionary;

/** Conditions on columns that are derived from others, tested on rows as they are drawn. */
final class DerivedConditions {

    static final DerivedConditions NONE = new DerivedConditions(List.of());

    private static final int TRIALS = 8_192;
    /** The minimum number of tested rows that must satisfy the conditions, because drawing would otherwise take too long. */
    private static final int FEWEST = 8;

    private final List<Test> tests;

    private DerivedConditions(List<Test> tests) {
        this.tests = List.copyOf(tests);
    }

    /** @param holds whether the value in a row satisfies the condition */
    private record Test(int column, RowTest holds) {

        boolean holds(RowBatch rows, int row) {
            return holds.test(rows.vector(column), row);
        }
    }

    @FunctionalInterface
    private interface RowTest {

        boolean test(ColumnVector vector, int row);
    }

    /**
     * @param free draws rows without these conditions
     * @throws ConditionException if a condition does not fit its column, or hardly any row satisfies all
     */
    static DerivedConditions of(List<ColumnCondition> conditions, Schema schema, RowGenerator free) {
        List<Test> tests = new ArrayList<>();
        for (ColumnCondition condition : conditions) {
            int index = schema.indexOf(condition.column());
            tests.add(new Test(index, test(condition, schema.column(index), free.newBatch(1).vector(index))));
        }
        DerivedConditions derived = new DerivedConditions(tests);
        if (derived.acceptance(free) * TRIALS < FEWEST) {
            String column = conditions.get(0).column();
            throw new ConditionException(column, column + " is derived from other columns, and hardly any row has "
                    + "such a value; put conditions on those");
        }
        return derived;
    }

    /** @param like a vector such as the one that will hold the values */
    private static RowTest test(ColumnCondition condition, Column column, ColumnVector like) {
        if (condition.operator() == Operator.IS_NULL) {
            boolean missing = Boolean.TRUE.equals(condition.operands().get(0));
            return (vector, row) -> vector.isMissing(row) == missing;
        }
        if (like instanceof CodedVector coded && coded.dictionary() instanceof TextDictionary texts) {
            Predicate<String> passes = CategoryTest.of(column, texts.texts(), condition);
            boolean[] holds = new boolean[texts.size() + 1];
            IntStream.range(0, texts.size()).forEach(code -> holds[code] = passes.test(texts.text(code)));
            return (vector, row) -> holds[((CodedVector) vector).codes()[row]];
        }
        List<ValueRanges.Range> ranges = new ValueRanges(column).of(condition);
        return (vector, row) -> {
            double value = vector.isMissing(row) ? Double.NaN
                    : vector instanceof FloatingVector doubles ? doubles.values()[row] : ((NumberVector) vector).values()[row];
            return ranges.stream().anyMatch(range -> range.from() <= value && value < range.to());
        };
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

    /** Estimates the share of the rows of a generator that satisfy the conditions. */
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
