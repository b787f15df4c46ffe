package io.freshet.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import io.freshet.stats.NormalScores;
import io.freshet.table.ColumnType;
import io.freshet.table.Dictionary;
import io.freshet.table.NumberDictionary;
import io.freshet.table.TextDictionary;

/** The values of a column of a mixture by those of its parent: shares given each value of the parent are mixed exactly. */
final class MixtureGroups {

    /** Stands for a value of the parent that is missing. */
    private static final Object NONE = new Object();
    private static final double FADED = 1e-9;

    private final MixtureColumn child;
    private final MixtureColumn parent;
    /** By the parent's value: the masses of the child's ranks; under no key those of all other values. */
    private final Map<Object, double[]> own = new LinkedHashMap<>();
    private final double[] rest;
    private final Map<Object, NormalScores> scores = new HashMap<>();
    private final Map<Object, Map<Integer, Integer>> places = new HashMap<>();
    private @Nullable NormalScores mean;

    private MixtureGroups(MixtureColumn child, MixtureColumn parent) {
        this.child = child;
        this.parent = parent;
        this.rest = new double[child.size()];
    }

    /** Empty if the column has no parent in the model that is updated. */
    static Optional<MixtureGroups> of(MixtureColumn child, List<MixtureColumn> columns, List<? extends MixturePart> parts) {
        for (MixturePart part : parts) {
            if (part instanceof ModelPart model && model.values(child.index()) instanceof DependentSteps steps
                    && child.size() > 0) {
                MixtureGroups groups = new MixtureGroups(child, columns.get(steps.parent()));
                for (MixturePart each : parts) {
                    if (each instanceof ModelPart one) {
                        groups.add(one, (DependentSteps) one.values(child.index()));
                    } else {
                        groups.add((RowsPart) each);
                    }
                }
                groups.forgetFaded();
                return Optional.of(groups);
            }
        }
        return Optional.empty();
    }

    private void add(ModelPart part, DependentSteps steps) {
        StepValues parents = part.values(parent.index()) instanceof DependentSteps dependent ? dependent.overall()
                : (StepValues) part.values(parent.index());
        double missing = part.column(parent.index()).missing();
        double present = part.weight() * (1 - part.column(child.index()).missing());
        for (int step = 0; step < parents.marginal().size(); step++) {
            int code = parents.code(step);
            add(steps, code, value(parents.dictionary(), parent, code),
                    present * (1 - missing) * parents.marginal().share(step));
        }
        add(steps, parents.dictionary().size(), NONE, present * missing);
    }

    private void add(DependentSteps steps, int parentCode, Object value, double weight) {
        StepValues given = steps.given(parentCode);
        double[] masses = steps.groupOf()[parentCode] == 0 ? rest : own.computeIfAbsent(value, key -> new double[rest.length]);
        int last = 0;
        for (int step = 0; step < given.marginal().size(); step++) {
            int rank = rank(value(given.dictionary(), child, given.code(step)));
            last = rank < 0 ? last : rank;
            masses[last] += weight * given.marginal().share(step);
        }
    }

    private void add(RowsPart part) {
        NewColumn values = part.values(child.index());
        NewColumn parents = part.values(parent.index());
        Map<Object, List<Integer>> rowsOf = new LinkedHashMap<>();
        for (int row : part.rows()) {
            if (!values.isMissing(row)) {
                rowsOf.computeIfAbsent(value(parents, row), key -> new ArrayList<>()).add(row);
            }
        }
        double weight = part.weight() / part.rows().length;
        rowsOf.forEach((value, rows) -> {
            if (rows.size() >= ParentGroups.FEWEST_ROWS) {
                own.computeIfAbsent(value, key -> new double[rest.length]);
            }
            double[] masses = own.getOrDefault(value, rest);
            rows.forEach(row -> masses[Math.max(0, rank(value(values, row)))] += weight);
        });
    }

    private void forgetFaded() {
        own.values().removeIf(masses -> total(masses) < FADED);
        if (total(rest) < FADED) {
            for (int rank = 0; rank < rest.length; rank++) {
                rest[rank] = child.mass(rank);
            }
        }
    }

    private static double total(double[] masses) {
        double total = 0;
        for (double mass : masses) {
            total += mass;
        }
        return total;
    }

    private static Object value(NewColumn column, int row) {
        String text = column.text(row);
        return column.isMissing(row) ? NONE : text != null ? text : (Object) column.number(row);
    }

    /** As {@link NewColumn} holds it: booleans as 0 and 1. */
    private static Object value(Dictionary dictionary, MixtureColumn column, int code) {
        return dictionary instanceof NumberDictionary numbers ? (Object) (double) numbers.value(code)
                : column.type() instanceof ColumnType.Bool ? (Object) (double) code
                        : ((TextDictionary) dictionary).text(code);
    }

    private int rank(Object value) {
        return value instanceof String text ? child.rank(text) : child.rank((Double) value);
    }

    /** The number of the parent. */
    int parent() {
        return parent.index();
    }

    /** The score of a new row, by the value of its parent; not a number where it has none. */
    double score(NewColumn values, NewColumn parents, int row) {
        int rank = values.isMissing(row) ? -1 : rank(value(values, row));
        Object key = own.containsKey(value(parents, row)) ? value(parents, row) : this;
        double[] masses = own.getOrDefault(key, rest);
        if (rank < 0 || !(masses[rank] > 0)) {
            return Double.NaN;
        }
        NormalScores ofGroup = scores.computeIfAbsent(key, k -> NormalScores.of(positive(masses)));
        int place = places.computeIfAbsent(key, k -> places(masses)).getOrDefault(rank, 0);
        return ofGroup.score(place);
    }

    private static double[] positive(double[] masses) {
        return IntStream.range(0, masses.length).mapToDouble(rank -> masses[rank]).filter(mass -> mass > 0).toArray();
    }

    private static Map<Integer, Integer> places(double[] masses) {
        Map<Integer, Integer> places = new HashMap<>();
        for (int rank = 0; rank < masses.length; rank++) {
            if (masses[rank] > 0) {
                places.put(rank, places.size());
            }
        }
        return places;
    }

    /** What is known of a score whatever the parent's value. */
    NormalScores meanScores() {
        NormalScores known = mean;
        if (known == null) {
            List<double[]> groups = new ArrayList<>(own.values());
            groups.add(rest);
            double all = groups.stream().mapToDouble(MixtureGroups::total).sum();
            known = NormalScores.mean(groups.stream().mapToDouble(masses -> total(masses) / all).toArray(),
                    groups.stream().map(masses -> NormalScores.of(positive(masses))).toList());
            mean = known;
        }
        return known;
    }

    /** @param models of all columns, as if none had a parent or with their parents */
    ColumnModel model(List<ColumnModel> models) {
        ColumnModel overall = models.get(child.index()).overall();
        StepValues steps = (StepValues) overall.values();
        Map<Object, Integer> codes = codes(steps, child);
        List<StepValues> groups = new ArrayList<>(List.of(choice(rest, steps.dictionary(), codes)));
        StepValues parents = (StepValues) models.get(parent.index()).overall().values();
        Map<Object, Integer> parentCodes = codes(parents, parent);
        int[] groupOf = new int[parents.dictionary().size() + 1];
        own.forEach((value, masses) -> {
            Integer code = value == NONE ? Integer.valueOf(groupOf.length - 1) : parentCodes.get(value);
            if (code != null) {
                groupOf[code] = groups.size();
                groups.add(choice(masses, steps.dictionary(), codes));
            }
        });
        return new ColumnModel(overall.column(), new DependentSteps(steps, parent.index(), groupOf, groups),
                overall.missingShare());
    }

    private StepValues choice(double[] masses, Dictionary dictionary, Map<Object, Integer> codes) {
        int[] ranks = IntStream.range(0, masses.length).filter(rank -> masses[rank] > 0).toArray();
        return new StepValues(dictionary, StepMarginal.of(positive(masses)),
                IntStream.of(ranks).map(rank -> codes.getOrDefault(child.value(rank), 0)).toArray());
    }

    private static Map<Object, Integer> codes(StepValues steps, MixtureColumn column) {
        Map<Object, Integer> codes = new HashMap<>();
        for (int code = 0; code < steps.dictionary().size(); code++) {
            codes.put(value(steps.dictionary(), column, code), code);
        }
        return codes;
    }
}
