package io.freshet.model.copula;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import io.freshet.model.ConditionException;
import io.freshet.model.copula.Factor.Interval;
import io.freshet.model.marginal.ColumnModel;
import io.freshet.model.marginal.DependentSteps;
import io.freshet.model.marginal.StepValues;
import io.freshet.model.marginal.ValueModel;

/**
 * The latent region of conditions on columns of steps, in which the meaning of a latent number may depend on the value of a
 * parent. Values of the parent that leave the same possibilities to its children count as one alternative.
 */
final class FamilyRegion {

    private static final int MAX_ALTERNATIVES = 8192;
    private static final int NO_PARENT = -1;

    private final List<ColumnModel> columns;
    private final LatentSpace latent;
    private final LatentRegion.Builder region;
    /** The constrained children of each column that has conditions on its own values or on those of a descendant. */
    private final Map<Integer, List<Integer>> children = new TreeMap<>();
    private final Map<List<Integer>, List<Map<Integer, Factor>>> known = new HashMap<>();

    FamilyRegion(List<ColumnModel> columns, LatentSpace latent, LatentRegion.Builder region) {
        this.columns = columns;
        this.latent = latent;
        this.region = region;
        region.entries().keySet().forEach(this::involve);
    }

    private void involve(int column) {
        if (children.putIfAbsent(column, new ArrayList<>()) == null
                && columns.get(column).values() instanceof DependentSteps dependent) {
            involve(dependent.parent());
            children.computeIfAbsent(dependent.parent(), key -> new ArrayList<>()).add(column);
        }
    }

    /** Returns all conditions as disjoint products of factors of the same dimensions. */
    List<List<Factor>> alternatives() {
        List<Map<Integer, Factor>> all = List.of(region.factors());
        for (int column : children.keySet()) {
            if (!(columns.get(column).values() instanceof DependentSteps)) {
                all = product(all, outcomes(column, NO_PARENT));
            }
        }
        if (all.isEmpty()) {
            String column = columns.get(region.entries().keySet().iterator().next()).column().name();
            throw new ConditionException(column, column + " cannot satisfy all conditions at once");
        }
        TreeSet<Integer> dimensions = new TreeSet<>();
        all.forEach(alternative -> dimensions.addAll(alternative.keySet()));
        List<List<Factor>> alternatives = new ArrayList<>();
        for (Map<Integer, Factor> alternative : all) {
            alternatives.add(dimensions.stream()
                    .map(d -> alternative.getOrDefault(d, new Factor(d, List.of(Interval.ALL)))).toList());
        }
        return alternatives;
    }

    /**
     * Returns the possible outcomes of a column and its descendants.
     *
     * @param parentCode the entry of the parent
     * @return disjoint; empty if nothing is possible
     */
    private List<Map<Integer, Factor>> outcomes(int column, int parentCode) {
        ValueModel values = columns.get(column).values();
        List<Integer> key = List.of(column, values instanceof DependentSteps steps ? steps.groupOf()[parentCode] : NO_PARENT);
        List<Map<Integer, Factor>> outcomes = known.get(key);
        if (outcomes == null) {
            outcomes = values instanceof DependentSteps steps ? outcomesOf(column, steps.given(parentCode))
                    : outcomesOf(column, (StepValues) values);
            known.put(key, outcomes);
        }
        return outcomes;
    }

    private List<Map<Integer, Factor>> outcomesOf(int column, StepValues steps) {
        Map<List<Map<Integer, Factor>>, List<Interval>> intervals = new LinkedHashMap<>();
        for (int step = 0; step < steps.marginal().size(); step++) {
            int code = steps.code(step);
            Interval interval = new Interval(steps.marginal().lower(step), steps.marginal().upper(step));
            if (!interval.isEmpty() && region.entries().getOrDefault(column, entry -> true).test(code)) {
                List<Map<Integer, Factor>> left = ofChildren(column, code);
                if (!left.isEmpty()) {
                    append(intervals.computeIfAbsent(left, same -> new ArrayList<>()), interval);
                }
            }
        }
        int value = latent.valueDimension()[column];
        int missing = latent.missingDimension()[column];
        double threshold = columns.get(column).missingThreshold();
        List<Map<Integer, Factor>> outcomes = new ArrayList<>();
        intervals.forEach((left, of) -> left.forEach(rest -> {
            Map<Integer, Factor> outcome = new TreeMap<>(rest);
            if (value != LatentSpace.NONE) {
                outcome.put(value, new Factor(value, of));
            }
            if (missing != LatentSpace.NONE) {
                outcome.put(missing, new Factor(missing, List.of(new Interval(Double.NEGATIVE_INFINITY, threshold))));
            }
            outcomes.add(outcome);
        }));
        if (missing != LatentSpace.NONE && !region.entries().containsKey(column)) {
            for (Map<Integer, Factor> rest : ofChildren(column, steps.dictionary().size())) {
                Map<Integer, Factor> outcome = new TreeMap<>(rest);
                outcome.put(missing, new Factor(missing, List.of(new Interval(threshold, Double.POSITIVE_INFINITY))));
                outcomes.add(outcome);
            }
        }
        return outcomes;
    }

    /** Appends an interval; adjacent ones are joined. */
    private static void append(List<Interval> intervals, Interval next) {
        int last = intervals.size() - 1;
        if (last >= 0 && intervals.get(last).to() == next.from()) {
            intervals.set(last, new Interval(intervals.get(last).from(), next.to()));
        } else {
            intervals.add(next);
        }
    }

    private List<Map<Integer, Factor>> ofChildren(int column, int code) {
        List<Map<Integer, Factor>> all = List.of(Map.of());
        for (int child : children.getOrDefault(column, List.of())) {
            all = product(all, outcomes(child, code));
        }
        return all;
    }

    private static List<Map<Integer, Factor>> product(List<Map<Integer, Factor>> one, List<Map<Integer, Factor>> other) {
        if ((long) one.size() * other.size() > MAX_ALTERNATIVES) {
            throw new ConditionException("conditions",
                    "the conditions leave too many combinations of categories; use fewer conditions");
        }
        List<Map<Integer, Factor>> product = new ArrayList<>();
        for (Map<Integer, Factor> first : one) {
            for (Map<Integer, Factor> second : other) {
                Map<Integer, Factor> both = new TreeMap<>(first);
                second.forEach((dimension, factor) -> both.merge(dimension, factor, Factor::intersect));
                if (both.values().stream().noneMatch(factor -> factor.intervals().isEmpty())) {
                    product.add(both);
                }
            }
        }
        return product;
    }
}
