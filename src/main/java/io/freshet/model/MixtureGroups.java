package io.freshet.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import io.freshet.stats.NormalScores;
import io.freshet.table.Dictionary;

/** The values of a column of a mixture by those of its parent: shares given each value of the parent are mixed exactly. */
final class MixtureGroups {

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

    static MixtureGroups of(MixtureColumn child, MixtureColumn parent, List<? extends MixturePart> parts) {
        MixtureGroups groups = new MixtureGroups(child, parent);
        for (MixturePart part : parts) {
            if (part instanceof ModelPart model) {
                groups.add(model);
            } else {
                groups.add((RowsPart) part);
            }
        }
        groups.forgetFaded();
        return groups;
    }

    private void add(ModelPart part) {
        KnownColumn known = part.columns().get(child.index());
        PartColumn values = known.values();
        PartColumn parents = part.column(parent.index());
        int[] ranks = child.ranks(values);
        double present = part.weight() * (1 - known.missing());
        known.groups().ifPresent(groups -> {
            for (int i = 0; i < parents.size(); i++) {
                Object value = parents.texts().isEmpty() ? (Object) parents.numbers()[i] : parents.texts().get(i);
                add(groups, value, ranks, present * (1 - parents.missing()) * parents.masses()[i]);
            }
            add(groups, KnownGroups.NONE, ranks, present * parents.missing());
        });
    }

    private void add(KnownGroups groups, Object value, int[] ranks, double weight) {
        KnownGroups.Choice given = groups.given(value);
        double[] masses = groups.own().containsKey(value) ? own.computeIfAbsent(value, key -> new double[rest.length]) : rest;
        for (int i = 0; i < given.places().length; i++) {
            masses[ranks[given.places()[i]]] += weight * given.shares()[i];
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
        return column.isMissing(row) ? KnownGroups.NONE : text != null ? text : (Object) column.number(row);
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

    /** For a part of later mixtures. */
    KnownGroups known() {
        Map<Object, KnownGroups.Choice> choices = new LinkedHashMap<>();
        own.forEach((value, masses) -> choices.put(value, choice(masses)));
        return new KnownGroups(parent.index(), choices, choice(rest));
    }

    private static KnownGroups.Choice choice(double[] masses) {
        double total = total(masses);
        return new KnownGroups.Choice(IntStream.range(0, masses.length).filter(rank -> masses[rank] > 0).toArray(),
                DoubleStream.of(positive(masses)).map(mass -> mass / total).toArray());
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
            Integer code = value == KnownGroups.NONE ? Integer.valueOf(groupOf.length - 1) : parentCodes.get(value);
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
            codes.put(KnownGroups.value(steps.dictionary(), column.type(), code), code);
        }
        return codes;
    }
}
