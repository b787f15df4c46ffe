package io.freshet.model.relation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds numbers that are the rounded product or quotient of two others. */
final class ProductSearch {

    private static final double ROUNDING = .51;
    private static final double MAX_TOLERANCE = .05;
    private static final double ALMOST = 1e-9;
    private static final int MAX_COLUMNS = 80;

    private final TableColumns table;
    private final Set<Set<Integer>> known = new HashSet<>();
    private final List<Candidate> found = new ArrayList<>();

    ProductSearch(TableColumns table) {
        this.table = table;
    }

    List<Candidate> find() {
        int[] columns = table.varying(false);
        if (columns.length > MAX_COLUMNS) {
            return List.of();
        }
        for (int target : columns) {
            for (int i = 0; i < columns.length; i++) {
                for (int j = i + 1; j < columns.length; j++) {
                    if (columns[i] != target && columns[j] != target) {
                        check(target, columns[i], columns[j], false);
                    }
                }
            }
        }
        for (int target : columns) {
            for (int first : columns) {
                for (int second : columns) {
                    if (first != second && first != target && second != target) {
                        check(target, first, second, true);
                    }
                }
            }
        }
        return found;
    }

    private void check(int target, int first, int second, boolean quotient) {
        double tolerance = ROUNDING * table.step(target);
        if (tolerance > MAX_TOLERANCE * table.spread(target)) {
            return;
        }
        RowRule rule = values -> {
            double result = quotient ? values[1] / values[2] : values[1] * values[2];
            return !Double.isFinite(result)
                    || Math.abs(result - values[0]) > tolerance + ALMOST * Math.max(1, Math.abs(result));
        };
        new RuleCheck(table, target, first, second).of(rule)
                .filter(evidence -> !isIdle(target, first, second, quotient))
                .filter(evidence -> known.add(Set.of(target, first, second)))
                .ifPresent(evidence -> found.add(new Candidate(
                        List.of(new Product(target, first, second, quotient, tolerance)), evidence)));
    }

    /** Returns whether one of the factors is nearly always one, or the product nearly always zero. */
    private boolean isIdle(int target, int first, int second, boolean quotient) {
        RuleCheck check = new RuleCheck(table, target, first, second);
        return check.broken(values -> values[2] != 1 && values[1] != 0) < TableColumns.MIN_EVIDENCE
                || !quotient && check.broken(values -> values[1] != 1 && values[2] != 0) < TableColumns.MIN_EVIDENCE
                || check.broken(values -> values[0] != 0) < TableColumns.MIN_EVIDENCE;
    }
}
