package io.freshet.model.declared;

import java.util.List;
import java.util.Map;

import io.freshet.model.ColumnCondition;

/**
 * What conditions mean for the columns of a declared model.
 *
 * @param values the narrowed values by column
 * @param tests the conditions that drawn rows must pass
 * @param probability the probability of the conditions that narrowed values
 */
record ConditionedColumns(Map<Integer, Value> values, List<Test> tests, double probability) {

    ConditionedColumns {
        values = Map.copyOf(values);
        tests = List.copyOf(tests);
    }

    /** @param column the index of the column */
    record Test(int column, ColumnCondition condition) {
    }
}
