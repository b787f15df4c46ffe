package io.freshet.model.marginal;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A compact description of the dependence of a column on another one, its parent: the share of each pair of values among the
 * rows that have both.
 *
 * @param parent the number of the parent column
 * @param own the shares of the column's values, in its order, by the parent's value or {@link #NONE}
 * @param rest the same for all other values of the parent together
 */
@SuppressWarnings("ArrayRecordComponent") // confined to this package, never compared
public record KnownGroups(int parent, Map<Object, double[]> own, double[] rest) {

    /** Stands for a missing value of the parent. */
    public static final Object NONE = new Object();

    /**
     * @param child the column
     * @param ofParent the parent column
     */
    static KnownGroups of(DependentSteps steps, ColumnModel child, ColumnModel ofParent) {
        StepValues parents = (StepValues) ofParent.overall().values();
        StepValues values = steps.overall();
        Map<Integer, Integer> indexOf = new HashMap<>();
        for (int step = 0; step < values.marginal().size(); step++) {
            indexOf.put(values.code(step), step);
        }
        KnownGroups groups = new KnownGroups(steps.parent(), new LinkedHashMap<>(), new double[values.marginal().size()]);
        for (int step = 0; step < parents.marginal().size(); step++) {
            int code = parents.code(step);
            groups.add(steps, code, KnownColumn.value(parents.dictionary(), ofParent.column().type(), code),
                    (1 - ofParent.missingShare()) * parents.marginal().share(step), indexOf);
        }
        groups.add(steps, parents.dictionary().size(), NONE, ofParent.missingShare(), indexOf);
        return groups;
    }

    private void add(DependentSteps steps, int code, Object value, double share, Map<Integer, Integer> indexOf) {
        double[] shares = steps.groupOf()[code] == 0 ? rest : own.computeIfAbsent(value, key -> new double[rest.length]);
        StepValues given = steps.given(code);
        for (int step = 0; step < given.marginal().size(); step++) {
            shares[indexOf.getOrDefault(given.code(step), 0)] += share * given.marginal().share(step);
        }
    }
}
