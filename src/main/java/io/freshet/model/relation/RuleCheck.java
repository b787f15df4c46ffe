package io.freshet.model.relation;

import java.util.Optional;

/**
 * Checks a rule between the numbers of a few columns: first in a few rows, then in all rows, and finally in shuffled rows, to
 * see whether it could hold by chance.
 */
final class RuleCheck {

    private final TableColumns table;
    private final double[][] columns;
    private final int[] indices;
    private final double[] values;

    RuleCheck(TableColumns table, int... indices) {
        this.table = table;
        this.indices = indices;
        this.columns = new double[indices.length][];
        for (int i = 0; i < indices.length; i++) {
            columns[i] = table.numbers(indices[i]);
        }
        this.values = new double[indices.length];
    }

    /**
     * The result of a check.
     *
     * @param rows the number of rows that have all values
     * @param broken the number of those rows that break the rule
     * @param chance the number of rows that would break it if the columns were independent
     */
    record Evidence(int rows, int broken, double chance) {
    }

    private boolean take(int place, boolean shuffled) {
        for (int i = 0; i < columns.length; i++) {
            values[i] = columns[i][shuffled ? table.shuffled(place, indices[i]) : place];
            if (Double.isNaN(values[i])) {
                return false;
            }
        }
        return true;
    }

    /** Returns the evidence for a rule, or empty if the rule does not hold or could hold by chance. */
    Optional<Evidence> of(RowRule rule) {
        int rows = 0;
        int broken = 0;
        int allowed = table.rows() / TableColumns.NEAR;
        for (int place = 0; place < table.rows(); place++) {
            if (take(place, false)) {
                rows++;
                if (rule.broken(values) && ++broken > (place < TableColumns.PROBE ? Math.min(1, allowed) : allowed)) {
                    return Optional.empty();
                }
            }
        }
        double chance = rows < TableColumns.MIN_EVIDENCE || broken * (long) TableColumns.NEAR > rows ? 0 : chance(rule);
        return chance < TableColumns.MIN_EVIDENCE || broken * 10L > chance ? Optional.empty()
                : Optional.of(new Evidence(rows, broken, chance));
    }

    private double chance(RowRule rule) {
        int broken = 0;
        for (int place = 0; place < table.rows(); place++) {
            if (take(place, true) && rule.broken(values)) {
                broken++;
            }
        }
        return broken;
    }

    /** Returns the number of rows that break a rule. */
    int broken(RowRule rule) {
        int broken = 0;
        for (int place = 0; place < table.rows(); place++) {
            if (take(place, false) && rule.broken(values)) {
                broken++;
            }
        }
        return broken;
    }
}
