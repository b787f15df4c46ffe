package io.freshet.model;

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

import io.freshet.stats.NormalScores;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.Dictionary;
import io.freshet.table.NumberDictionary;
import io.freshet.table.TextDictionary;

/**
 * One column of a mixture: the values of all parts in one order, with the masses they have together. Values that have faded to
 * almost nothing are forgotten.
 */
final class MixtureColumn {

    /** Numbers with more distinct values are continuous. */
    private static final int MOST_STEPS = 4096;
    private static final double FADED_CATEGORY = 1e-7;
    private static final double FADED_NUMBER = 1e-12;
    private static final double LEAST_MISSING = 1e-12;

    private final int index;
    private final ColumnModel before;
    private final @Nullable DependentSteps dependent;
    private final double missing;
    /** Whether its numbers stand for their neighbourhood, because those of some part do. */
    private final boolean continuous;
    private final double[] numbers;
    private final List<String> texts;
    private final Map<String, Integer> rankOfText = new HashMap<>();
    private final double[] masses;
    private @Nullable NormalScores valueScores;
    private @Nullable MixtureGroups groups;

    private MixtureColumn(int index, ColumnModel before, double missing, boolean continuous, double[] numbers,
            List<String> texts, double[] masses) {
        this.index = index;
        this.before = before.overall();
        this.dependent = before.values() instanceof DependentSteps steps ? steps : null;
        this.missing = missing;
        this.continuous = continuous;
        this.numbers = numbers;
        this.texts = texts;
        this.masses = masses;
        for (int rank = 0; rank < texts.size(); rank++) {
            rankOfText.put(texts.get(rank), rank);
        }
    }

    /**
     * @param before the column of the model that is updated
     * @param order the categories in their order, as far as it is known; others follow as the parts have them
     * @param entries what values may be; empty for anything
     */
    static MixtureColumn of(int index, ColumnModel before, List<? extends MixturePart> parts, List<String> order,
            Optional<Dictionary> entries) {
        double all = parts.stream().mapToDouble(MixturePart::weight).sum();
        double missing = 0;
        boolean continuous = false;
        SortedMasses numbers = SortedMasses.NONE;
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
                    texts.merge(column.texts().get(i), present * column.masses()[i], Double::sum);
                }
                fresh.addAll(part instanceof RowsPart ? column.texts() : List.of());
            } else {
                numbers = numbers.plus(column.numbers(), column.masses(), present);
            }
        }
        Optional<Set<Object>> known = entries.map(dictionary -> values(dictionary, before).keySet());
        texts.entrySet().removeIf(entry -> entry.getValue() < FADED_CATEGORY && !fresh.contains(entry.getKey())
                || known.isPresent() && !known.get().contains(entry.getKey()));
        SortedMasses left = left(numbers, known);
        double[] masses = isText(before) ? texts.values().stream().mapToDouble(Double::doubleValue).toArray() : left.masses();
        double total = DoubleStream.of(masses).sum();
        return new MixtureColumn(index, before, missing < LEAST_MISSING ? 0 : Math.min(1, missing), continuous, left.numbers(),
                List.copyOf(texts.keySet()), DoubleStream.of(masses).map(mass -> mass / total).toArray());
    }

    private static SortedMasses left(SortedMasses numbers, Optional<Set<Object>> known) {
        return numbers.keeping(i -> numbers.masses()[i] >= FADED_NUMBER
                && (known.isEmpty() || known.get().contains(numbers.numbers()[i])));
    }

    private static boolean isText(ColumnModel model) {
        return model.column().type() instanceof ColumnType.Categorical;
    }

    int index() {
        return index;
    }

    /** Takes its values by those of its parent, where the model that is updated does. */
    void group(List<MixtureColumn> columns, List<? extends MixturePart> parts) {
        groups = MixtureGroups.of(this, columns, parts).orElse(null);
    }

    /** How the model that is updated draws it by the values of a parent; null if it does not. */
    @Nullable
    DependentSteps dependent() {
        return dependent;
    }

    /** Its values in the model that is updated. */
    Dictionary entries() {
        return ((StepValues) before.values()).dictionary();
    }

    @Nullable
    MixtureGroups groups() {
        return groups;
    }

    /** Whether its values stay what they are, whatever comes. */
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

    /** How many different values there are. */
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

    /** The ranks of the values of a part, in its order; a value that was forgotten is as the one before it. */
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
     * The column of the new model.
     *
     * @param all the values of the column of the whole model; empty if this is the whole model
     * @param anchors about how many describe a distribution function
     */
    ColumnModel model(Optional<ValueModel> all, int anchors) {
        Column column = new Column(before.column().name(), before.column().type(), before.column().nullable() || missing > 0);
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
        if (all.isEmpty() && numbers.length <= MOST_STEPS && !floating && !continuous) {
            return StepValues.of(NumberDictionary.of(DoubleStream.of(numbers).mapToLong(number -> (long) number).toArray()),
                    StepMarginal.of(masses));
        }
        ContinuousMarginal marginal = NumberAnchors.of(numbers, masses, anchors);
        return floating ? new FloatingValues(marginal) : new ContinuousValues(marginal);
    }

    /**
     * What is known of it, for a part of later mixtures.
     *
     * @param listed whether all its numbers are kept
     * @param anchors about how many describe a distribution function, where they are not
     */
    KnownColumn known(boolean listed, int anchors) {
        if (isFixed()) {
            return KnownColumn.unknown(missing);
        }
        if (groups != null) {
            return KnownColumn.listed(missing, numbers, texts, masses).given(groups.known(), groups.isLatent());
        }
        if (isText(before) || listed && !continuous || numbers.length <= 2 * anchors) {
            return KnownColumn.listed(missing, numbers, texts, masses);
        }
        return KnownColumn.of(missing, NumberAnchors.of(numbers, masses, anchors),
                !(before.column().type() instanceof ColumnType.Floating));
    }

    /** As entries of a dictionary; where there is no value, any entry serves, for it is always missing. */
    private StepValues coded(Dictionary dictionary) {
        if (masses.length == 0) {
            return new StepValues(dictionary, StepMarginal.of(new double[] { 1 }), new int[1]);
        }
        Map<Object, Integer> codes = values(dictionary, before);
        int[] own = IntStream.range(0, masses.length)
                .map(rank -> codes.getOrDefault(isText(before) ? texts.get(rank) : (Object) numbers[rank], 0)).toArray();
        return new StepValues(dictionary, StepMarginal.of(masses), own);
    }

    /** The values of the entries of a dictionary, with their codes; those of a boolean are the codes themselves. */
    private static Map<Object, Integer> values(Dictionary dictionary, ColumnModel column) {
        Map<Object, Integer> codes = new HashMap<>();
        for (int code = 0; code < dictionary.size(); code++) {
            if (isText(column) && dictionary instanceof TextDictionary texts) {
                codes.put(texts.text(code), code);
            } else {
                codes.put(dictionary instanceof NumberDictionary entries ? (double) entries.value(code) : (double) code, code);
            }
        }
        return codes;
    }

    /**
     * How far its distribution is from the one before: the largest difference of the distribution functions, or of the shares.
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
