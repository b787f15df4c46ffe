package io.freshet.model.relation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds pairs of columns in which one is never above the other. */
final class OrderSearch {

    /**
     * Unrelated numbers are often in order by accident. An order counts only if shuffled rows would break it at least this
     * often.
     */
    private static final double MIN_SHARE = .05;

    private final TableColumns table;

    OrderSearch(TableColumns table) {
        this.table = table;
    }

    /**
     * Two columns in order.
     *
     * @param floored whether they are in order only if the lesser is rounded down to the resolution of the greater
     */
    record Pair(int lesser, int greater, boolean floored, RuleCheck.Evidence evidence) {
    }

    List<Pair> find() {
        List<Pair> found = new ArrayList<>();
        for (boolean dates : new boolean[] { true, false }) {
            int[] columns = table.varying(dates);
            for (int lesser : columns) {
                for (int greater : columns) {
                    if (lesser != greater) {
                        check(lesser, greater, dates).ifPresent(found::add);
                    }
                }
            }
        }
        return withoutImplied(found);
    }

    private Optional<Pair> check(int lesser, int greater, boolean dates) {
        double factor = dates ? NumberColumn.factor(table.schema().column(lesser), table.schema().column(greater)) : 1;
        RuleCheck check = new RuleCheck(table, lesser, greater);
        double slack = 1e-9 * table.spread(greater);
        Optional<RuleCheck.Evidence> evidence = check.of(
                values -> (dates ? Math.floor(values[0] * factor + slack) : values[0] * factor) > values[1] + slack);
        return evidence.filter(found -> found.broken() == 0
                && (dates || found.chance() >= MIN_SHARE * found.rows())
                && check.broken(values -> values[0] * factor < values[1]) >= TableColumns.MIN_EVIDENCE)
                .map(found -> new Pair(lesser, greater, dates && check.broken(values -> values[0] * factor > values[1]) > 0,
                        found));
    }

    /** Removes each a &lt;= c that follows from a &lt;= b and b &lt;= c. */
    private static List<Pair> withoutImplied(List<Pair> pairs) {
        return pairs.stream().filter(pair -> pairs.stream().noneMatch(first -> first.lesser == pair.lesser
                && first.greater != pair.greater && pairs.stream().anyMatch(second -> second.lesser == first.greater
                        && second.greater == pair.greater)))
                .toList();
    }
}
