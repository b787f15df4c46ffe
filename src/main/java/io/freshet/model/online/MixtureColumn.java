package io.freshet.model.online;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import io.freshet.model.ColumnDrift;
import io.freshet.model.marginal.ColumnModel;
import io.freshet.model.marginal.ContinuousMarginal;
import io.freshet.model.marginal.ContinuousValues;
import io.freshet.model.marginal.CountedNumbers;
import io.freshet.model.marginal.DependentSteps;
import io.freshet.model.marginal.FloatingValues;
import io.freshet.model.marginal.KnownColumn;
import io.freshet.model.marginal.NumberAnchors;
import io.freshet.model.marginal.NumberSupport;
import io.freshet.model.marginal.PartColumn;
import io.freshet.model.marginal.RareValues;
import io.freshet.model.marginal.SortedMasses;
import io.freshet.model.marginal.StepMarginal;
import io.freshet.model.marginal.StepValues;
import io.freshet.model.marginal.ValueModel;
import io.freshet.stats.NormalScores;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.Dictionary;
import io.freshet.table.NumberDictionary;
import io.freshet.table.RareNames;
import io.freshet.table.TextDictionary;

/**
 * One column of a mixture: the values of all parts in one order, with their total masses. Values whose mass has decayed to
 * almost nothing are dropped.
 */
final class MixtureColumn {

    private static final double FADED_CATEGORY = 1e-7;
    private static final double FADED_NUMBER = 1e-12;
    private static final double MIN_MISSING = 1e-12;

    private final int index;
    private final ColumnModel before;
    private final @Nullable DependentSteps dependent;
    private final double missing;
    /** Whether its numbers stand for their neighbourhood, because those of a part do. */
    private final boolean continuous;
    private final double[] numbers;
    /** How many rows have each number, as far as is known, and whether it may be disclosed. */
    private final double[] rows;
    private final boolean[] exact;
    private final List<String> texts;
    private final Map<String, Integer> rankOfText = new HashMap<>();
    private final double[] masses;
    private @Nullable NormalScores valueScores;
    private @Nullable MixtureGroups groups;

    private MixtureColumn(int index, ColumnModel before, double missing, boolean continuous,
            NumberSupport support, List<String> texts, double[] masses) {
        this.index = index;
        this.before = before.overall();
        this.dependent = before.values() instanceof DependentSteps steps ? steps : null;
        this.missing = missing;
        this.continuous = continuous;
        this.numbers = support.masses().numbers();
        this.rows = support.rows();
        this.exact = support.exact();
        this.texts = texts;
        this.masses = masses;
        for (int rank = 0; rank < texts.size(); rank++) {
            rankOfText.put(texts.get(rank), rank);
        }
    }

    /**
     * @param before the column of the model that is updated
     * @param order the categories in their order, as far as it is known; others follow in the order of the parts
     * @param entries the allowed values; empty for any
     */
    static MixtureColumn of(int index, ColumnModel before, List<? extends MixturePart> parts, List<String> order,
            Optional<Dictionary> entries) {
        double all = parts.stream().mapToDouble(MixturePart::weight).sum();
        double missing = 0;
        boolean continuous = false;
        NumberSupport numbers = NumberSupport.NONE;
        Map<String, Double> texts = new LinkedHashMap<>();
        order.forEach(text -> texts.put(text, 0.0));
        Set<String> fresh = new HashSet<>();
        for (MixturePart part : parts) {
            PartColumn column = part.column(index);
            missing += part.weight() / all * column.missing();
            double present = part.weight() / all * (1 - column.missing());
            continuous |= column.continuous();
            if (isText(before)) {
                for (int i = 0; i < column.size(); i++) {
                    String text = column.texts().get(i);
                    if (texts.containsKey(text) || mayTell(part, column, i)) {
                        texts.merge(text, present * column.masses()[i], Double::sum);
                        fresh.addAll(part instanceof RowsPart ? List.of(text) : List.of());
                    }
                }
            } else {
                numbers = numbers.plus(column, present);
            }
        }
        Optional<Set<Object>> known = entries.map(dictionary -> DictionaryCodes.of(dictionary, isText(before)).keySet());
        texts.entrySet().removeIf(entry -> entry.getValue() < FADED_CATEGORY && !fresh.contains(entry.getKey())
                || known.isPresent() && !known.get().contains(entry.getKey()));
        NumberSupport left = left(numbers, known);
        boolean mayDrop = !continuous && known.isEmpty() && !(before.column().type() instanceof ColumnType.Bool);
        NumberSupport told = mayDrop ? left.withoutNegligible() : left;
        double[] masses = isText(before) ? texts.values().stream().mapToDouble(Double::doubleValue).toArray()
                : told.masses().masses();
        double total = DoubleStream.of(masses).sum();
        return new MixtureColumn(index, before, missing < MIN_MISSING ? 0 : Math.min(1, missing), continuous, told,
                List.copyOf(texts.keySet()), DoubleStream.of(masses).map(mass -> mass / total).toArray());
    }

    /** Returns whether a name that the model does not have may enter it. */
    private static boolean mayTell(MixturePart part, PartColumn column, int i) {
        return column.exact()[i] || part instanceof RowsPart rows && rows.rows().length < RareNames.MIN_TABLE_ROWS;
    }

    private static NumberSupport left(NumberSupport numbers, Optional<Set<Object>> known) {
        SortedMasses all = numbers.masses();
        return numbers.keeping(i -> all.masses()[i] >= FADED_NUMBER
                && (known.isEmpty() || known.get().contains(all.numbers()[i])));
    }

    /** Returns whether its values may be listed, because there are few enough and none of them identifies a row. */
    private boolean mayList() {
        return numbers.length <= CountedNumbers.MAX_LISTED && !continuous
                && (RareValues.all(exact) || before.column().type() instanceof ColumnType.Bool);
    }

    private ContinuousMarginal marginal(int anchors) {
        boolean whole = !(before.column().type() instanceof ColumnType.Floating);
        return NumberAnchors.of(
                new CountedNumbers(numbers, masses, rows, exact, whole, numbers.length <= CountedNumbers.MAX_LISTED), anchors);
    }

    private static boolean isText(ColumnModel model) {
        return model.column().type() instanceof ColumnType.Categorical;
    }

    int index() {
        return index;
    }

    /** Makes its values depend on those of its parent, if they do in the model that is updated. */
    void group(List<MixtureColumn> columns, List<? extends MixturePart> parts) {
        groups = MixtureGroups.of(this, columns, parts).orElse(null);
    }

    /** Returns the dependence on a parent in the model that is updated; null if there is none. */
    @Nullable
    DependentSteps dependent() {
        return dependent;
    }

    /** Returns the values in the model that is updated. */
    Dictionary entries() {
        return ((StepValues) before.values()).dictionary();
    }

    @Nullable
    MixtureGroups groups() {
        return groups;
    }

    /** Returns whether the set of values is fixed, whatever rows arrive. */
    private boolean isFixed() {
        ColumnType type = before.column().type();
        return type instanceof ColumnType.Identifier || type instanceof ColumnType.FreeText
                || type instanceof ColumnType.Constant || type instanceof ColumnType.Missing;
    }

    List<String> texts() {
        return texts;
    }

    ColumnType type() {
        return before.column().type();
    }

    /** Returns the number of distinct values. */
    int size() {
        return masses.length;
    }

    double mass(int rank) {
        return masses[rank];
    }

    Object value(int rank) {
        return isText(before) ? texts.get(rank) : (Object) numbers[rank];
    }

    int rank(String text) {
        return rankOfText.getOrDefault(text, -1);
    }

    int rank(double number) {
        return Math.max(-1, Arrays.binarySearch(numbers, number));
    }

    /** Returns the ranks of a part's values, in its order; a dropped value has the rank of the one before it. */
    int[] ranks(PartColumn part) {
        int[] ranks = new int[part.size()];
        int last = 0;
        for (int i = 0; i < ranks.length; i++) {
            int rank = isText(before) ? rank(part.texts().get(i)) : rank(part.numbers()[i]);
            ranks[i] = rank < 0 ? last : rank;
            last = ranks[i];
        }
        return ranks;
    }

    NormalScores valueScores() {
        NormalScores scores = valueScores;
        if (scores == null) {
            scores = NormalScores.of(masses);
            valueScores = scores;
        }
        return scores;
    }

    NormalScores missingScores() {
        double share = Math.min(Math.max(missing, 1e-9), 1 - 1e-9);
        return NormalScores.of(new double[] { 1 - share, share });
    }

    /**
     * Returns the column of the new model.
     *
     * @param all the values of the column of the whole model; empty if this is the whole model
     * @param anchors about how many anchors describe a distribution function
     */
    ColumnModel model(Optional<ValueModel> all, int anchors) {
        Column column = before.column().withNullable(before.column().nullable() || missing > 0);
        return new ColumnModel(column, values(all, anchors), missing);
    }

    private ValueModel values(Optional<ValueModel> all, int anchors) {
        if (isFixed()) {
            return before.values();
        }
        if (all.isPresent() && all.get() instanceof StepValues steps) {
            return coded(steps.dictionary());
        }
        if (masses.length == 0) {
            return before.values();
        }
        if (before.column().type() instanceof ColumnType.Bool) {
            return coded(((StepValues) before.values()).dictionary());
        }
        if (isText(before)) {
            return StepValues.of(TextDictionary.of(texts), StepMarginal.of(masses));
        }
        boolean floating = before.column().type() instanceof ColumnType.Floating;
        if (all.isEmpty() && !floating && mayList()) {
            return StepValues.of(NumberDictionary.of(DoubleStream.of(numbers).mapToLong(number -> (long) number).toArray()),
                    StepMarginal.of(masses));
        }
        ContinuousMarginal marginal = marginal(anchors);
        return floating ? new FloatingValues(marginal) : new ContinuousValues(marginal);
    }

    /**
     * Returns a compact description for a part of later mixtures.
     *
     * @param listed the possible numbers, if they are listed
     * @param anchors about how many anchors describe a distribution function, if they are not
     */
    KnownColumn known(Optional<Dictionary> listed, int anchors) {
        if (isFixed()) {
            return KnownColumn.unknown(missing);
        }
        if (groups != null) {
            return KnownColumn.listed(missing, numbers, texts, masses).given(groups.known(), groups.isLatent());
        }
        if (listed.isPresent() && !continuous && !isText(before)) {
            return knownAmong(DictionaryCodes.of(listed.get(), isText(before)).keySet());
        }
        if (isText(before) || numbers.length == 0
                || RareValues.all(exact) && numbers.length <= 2 * anchors) {
            return KnownColumn.listed(missing, numbers, texts, masses);
        }
        return KnownColumn.of(missing, marginal(anchors),
                !(before.column().type() instanceof ColumnType.Floating));
    }

    private KnownColumn knownAmong(Set<Object> told) {
        int[] kept = IntStream.range(0, numbers.length).filter(rank -> told.contains(numbers[rank])).toArray();
        double all = IntStream.of(kept).mapToDouble(rank -> masses[rank]).sum();
        return KnownColumn.listed(missing, IntStream.of(kept).mapToDouble(rank -> numbers[rank]).toArray(), List.of(),
                IntStream.of(kept).mapToDouble(rank -> masses[rank] / all).toArray());
    }

    /**
     * Returns the values as dictionary entries. A column without values gets an arbitrary entry, because it is always missing.
     */
    private StepValues coded(Dictionary dictionary) {
        if (masses.length == 0) {
            return new StepValues(dictionary, StepMarginal.of(new double[] { 1 }), new int[1]);
        }
        Map<Object, Integer> codes = DictionaryCodes.of(dictionary, isText(before));
        int[] own = IntStream.range(0, masses.length)
                .map(rank -> codes.getOrDefault(isText(before) ? texts.get(rank) : (Object) numbers[rank], 0)).toArray();
        return new StepValues(dictionary, StepMarginal.of(masses), own);
    }

    /**
     * Returns how far the distribution is from the previous one: the largest difference of the distribution functions, or of
     * the shares.
     */
    ColumnDrift drift(PartColumn old) {
        boolean categories = isText(before) || before.column().type() instanceof ColumnType.Bool;
        int[] ranks = ranks(old);
        double[] oldMasses = new double[masses.length];
        for (int i = 0; i < ranks.length && masses.length > 0; i++) {
            oldMasses[ranks[i]] += old.masses()[i];
        }
        double distance = 0;
        double difference = 0;
        for (int rank = 0; rank < masses.length && !isFixed(); rank++) {
            difference = (categories ? 0 : difference) + masses[rank] - oldMasses[rank];
            distance = categories ? distance + Math.abs(difference) / 2 : Math.max(distance, Math.abs(difference));
        }
        return new ColumnDrift(before.column().name(), categories ? "total_variation" : "kolmogorov_smirnov",
                Math.min(1, distance), missing - old.missing());
    }
}
