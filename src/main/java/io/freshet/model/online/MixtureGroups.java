package io.freshet.model.online;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import io.freshet.model.fit.ParentGroups;
import io.freshet.model.marginal.ColumnModel;
import io.freshet.model.marginal.DependentSteps;
import io.freshet.model.marginal.KnownColumn;
import io.freshet.model.marginal.KnownGroups;
import io.freshet.model.marginal.StepMarginal;
import io.freshet.model.marginal.StepValues;
import io.freshet.stats.NormalScores;
import io.freshet.table.Dictionary;

/**
 * The values of a column of a mixture given those of its parent. The shares given each value of the parent are mixed exactly.
 */
final class MixtureGroups {

    private static final double FADED = 1e-9;

    private final MixtureColumn child;
    private final MixtureColumn parent;
    /** The masses of the child's ranks by the parent's value; values without an entry share the rest. */
    private final Map<Object, double[]> own = new LinkedHashMap<>();
    private final double[] rest;
    private final Map<Object, NormalScores> scores = new HashMap<>();
    private final Map<Object, Map<Integer, Integer>> places = new HashMap<>();
    private @Nullable NormalScores mean;
    private boolean restFaded;

    private MixtureGroups(MixtureColumn child, MixtureColumn parent) {
        this.child = child;
        this.parent = parent;
        this.rest = new double[child.size()];
    }

    /** Returns empty if the column has no parent in the model that is updated. */
    static Optional<MixtureGroups> of(MixtureColumn child, List<MixtureColumn> columns, List<? extends MixturePart> parts) {
        DependentSteps before = child.dependent();
        if (before == null || child.size() == 0) {
            return Optional.empty();
        }
        MixtureGroups groups = new MixtureGroups(child, columns.get(before.parent()));
        groups.expect(before);
        for (MixturePart part : parts) {
            if (part instanceof ModelPart model) {
                groups.add(model);
            }
        }
        for (MixturePart part : parts) {
            if (part instanceof RowsPart rows) {
                groups.add(rows);
            }
        }
        groups.forgetFaded();
        return Optional.of(groups);
    }

    /** Values of the parent that have groups of their own keep them. */
    private void expect(DependentSteps before) {
        Dictionary entries = parent.entries();
        for (int code = 0; code < before.groupOf().length; code++) {
            if (before.groupOf()[code] != 0) {
                own.put(code == entries.size() ? KnownGroups.NONE : KnownColumn.value(entries, parent.type(), code),
                        new double[rest.length]);
            }
        }
    }

    private void add(ModelPart part) {
        KnownColumn known = part.columns().get(child.index());
        KnownGroups groups = known.groups();
        double weight = part.weight() * (1 - known.missing());
        int[] ranks = ranks(known);
        if (groups == null) {
            add(rest, known.shares(), ranks, weight);
        } else {
            groups.own().forEach((value, shares) -> add(own.computeIfAbsent(value, key -> new double[rest.length]), shares,
                    ranks, weight));
            add(rest, groups.rest(), ranks, weight);
        }
    }

    private static void add(double[] masses, double[] shares, int[] ranks, double weight) {
        for (int i = 0; i < shares.length; i++) {
            masses[ranks[i]] += weight * shares[i];
        }
    }

    /** Returns the ranks of a part's values, in its order; a dropped value has the rank of the one before it. */
    private int[] ranks(KnownColumn known) {
        int[] ranks = new int[known.shares().length];
        int last = 0;
        for (int i = 0; i < ranks.length; i++) {
            int rank = rank(known.value(i));
            last = rank < 0 ? last : rank;
            ranks[i] = last;
        }
        return ranks;
    }

    /** Returns a compact description for a part of later mixtures. */
    KnownGroups known() {
        double all = own.values().stream().mapToDouble(MixtureGroups::total).sum() + (restFaded ? 0 : total(rest));
        Map<Object, double[]> shares = new LinkedHashMap<>();
        own.forEach((value, masses) -> shares.put(value, DoubleStream.of(masses).map(mass -> mass / all).toArray()));
        return new KnownGroups(parent.index(), shares,
                restFaded ? new double[rest.length] : DoubleStream.of(rest).map(mass -> mass / all).toArray());
    }

    /** Returns whether a latent number decides the value, given the parent's. */
    boolean isLatent() {
        return positive(rest).length > 1 || own.values().stream().anyMatch(masses -> positive(masses).length > 1);
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
            for (int row : rows) {
                int rank = rank(value(values, row));
                if (rank >= 0) {
                    masses[rank] += weight;
                }
            }
        });
    }

    private void forgetFaded() {
        own.values().removeIf(masses -> total(masses) < FADED);
        restFaded = total(rest) < FADED;
        if (restFaded) {
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

    /** Returns the number of the parent. */
    int parent() {
        return parent.index();
    }

    /** Returns the score of a new row, given the value of its parent; NaN if there is none. */
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

    /** Returns what is known about a score regardless of the parent's value. */
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

    /** @param models the models of all columns, without or with their parents */
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
            codes.put(KnownColumn.value(steps.dictionary(), column.type(), code), code);
        }
        return codes;
    }
}
