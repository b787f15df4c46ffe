package io.freshet.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import io.freshet.stats.NormalScores;
import io.freshet.table.CodedVector;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;
import io.freshet.table.Dictionary;
import io.freshet.table.FloatingVector;
import io.freshet.table.NumberDictionary;
import io.freshet.table.NumberVector;
import io.freshet.table.TableSample;
import io.freshet.table.TextDictionary;
import io.freshet.table.TextVector;

/**
 * One column while a model is fitted: its distinct values in their latent order, with their masses, and which of them each
 * sampled row has.
 */
final class FittedColumn {

    /** Numbers with more distinct values are continuous. */
    private static final int MOST_STEPS = 4096;
    private static final int EXAMPLES = 2_000;
    private static final int ABSENT = -1;
    private static final double LEAST_MASS = 1e-9;

    private final int index;
    private final Column column;
    private final double missingShare;
    /** By row: the rank of its value, or {@link #ABSENT}. */
    private final int[] ranks;
    private final @Nullable TextPattern pattern;
    /** Of a column of steps. */
    private @Nullable Dictionary dictionary;
    /** By rank, of a column of steps: the entry of the dictionary. Of all rows, the dictionary is in the order of the ranks. */
    private int[] codes;
    /** By rank, of a column that is not of steps: the number. */
    private final double[] numbers;
    private double[] masses;
    private final boolean whole;
    private @Nullable NormalScores scores;
    /** Scores that were not estimated on the same rows they are used for; see {@link CategoryOrder}. */
    private double @Nullable [] honestScores;

    private FittedColumn(int index, Column column, double missingShare, int[] ranks, @Nullable TextPattern pattern,
            @Nullable Dictionary dictionary, int[] codes, double[] numbers, double[] masses, boolean whole) {
        this.index = index;
        this.column = column;
        this.missingShare = missingShare;
        this.ranks = ranks;
        this.pattern = pattern;
        this.dictionary = dictionary;
        this.codes = codes;
        this.numbers = numbers;
        this.masses = masses;
        this.whole = whole;
    }

    static FittedColumn of(TableSample sample, int index) {
        Column column = sample.schema().column(index);
        double missingShare = (double) sample.missing().get(index) / sample.totalRows();
        int rows = sample.rows().size();
        ColumnVector vector = sample.rows().vector(index);
        if (vector instanceof TextVector texts) {
            return ofTexts(index, column, missingShare, texts, rows);
        }
        if (vector instanceof CodedVector coded && coded.dictionary() instanceof TextDictionary dictionary) {
            int[] ranks = IntStream.range(0, rows).map(row -> coded.isMissing(row) ? ABSENT : coded.codes()[row]).toArray();
            double[] masses = sample.valueCounts().get(index).stream()
                    .mapToDouble(count -> Math.max(count, LEAST_MASS)).toArray();
            return new FittedColumn(index, column, dictionary.size() == 0 ? 1 : missingShare, ranks, null, dictionary,
                    identity(dictionary.size()), new double[0], masses, true);
        }
        return ofNumbers(index, column, missingShare, numbers(vector), rows);
    }

    private static IntToDoubleFunction numbers(ColumnVector vector) {
        if (vector instanceof CodedVector coded) {
            NumberDictionary dictionary = (NumberDictionary) coded.dictionary();
            return row -> coded.isMissing(row) ? Double.NaN : dictionary.value(coded.codes()[row]);
        }
        return vector instanceof NumberVector numbers
                ? row -> numbers.isMissing(row) ? Double.NaN : numbers.values()[row]
                : row -> ((FloatingVector) vector).values()[row];
    }

    private static FittedColumn ofNumbers(int index, Column column, double missingShare, IntToDoubleFunction value,
            int rows) {
        double[] sorted = IntStream.range(0, rows).mapToDouble(value).filter(v -> !Double.isNaN(v)).sorted().toArray();
        double[] distinct = Arrays.stream(sorted).distinct().toArray();
        double[] masses = new double[distinct.length];
        int rank = 0;
        for (double number : sorted) {
            rank += number == distinct[rank] ? 0 : 1;
            masses[rank]++;
        }
        int[] ranks = IntStream.range(0, rows).map(row -> {
            double number = value.applyAsDouble(row);
            return Double.isNaN(number) ? ABSENT : Math.max(0, Arrays.binarySearch(distinct, number));
        }).toArray();
        boolean steps = distinct.length <= MOST_STEPS && !(column.type() instanceof ColumnType.Floating)
                || distinct.length == 0;
        Dictionary dictionary = steps ? NumberDictionary.of(Arrays.stream(distinct).mapToLong(n -> (long) n).toArray()) : null;
        return new FittedColumn(index, column, distinct.length == 0 ? 1 : missingShare, ranks, null, dictionary,
                identity(distinct.length), distinct, masses, true);
    }

    private static FittedColumn ofTexts(int index, Column column, double missingShare, TextVector texts, int rows) {
        List<String> examples = new ArrayList<>();
        int[] ranks = new int[rows];
        for (int row = 0; row < rows; row++) {
            ranks[row] = texts.isMissing(row) ? ABSENT : 0;
            if (ranks[row] == 0 && examples.size() < EXAMPLES) {
                examples.add(texts.text(row));
            }
        }
        TextPattern pattern = examples.isEmpty() ? new TextPattern(List.of(), 1)
                : column.type() instanceof ColumnType.FreeText ? TextPattern.ofProse(examples)
                        : TextPattern.ofIdentifiers(examples);
        return new FittedColumn(index, column, missingShare, ranks, pattern, null, new int[0], new double[0],
                new double[0], true);
    }

    private static int[] identity(int size) {
        return IntStream.range(0, size).toArray();
    }

    /** The same column in some of the rows only, with the masses it has there. */
    FittedColumn within(int[] rows) {
        int[] used = new int[masses.length];
        int absent = 0;
        for (int row : rows) {
            if (ranks[row] == ABSENT) {
                absent++;
            } else if (pattern == null) {
                used[ranks[row]]++;
            }
        }
        int[] kept = IntStream.range(0, used.length).filter(rank -> used[rank] > 0).toArray();
        int[] rankOf = new int[Math.max(1, used.length)];
        for (int rank = 0; rank < kept.length; rank++) {
            rankOf[kept[rank]] = rank;
        }
        int[] there = IntStream.of(rows).map(row -> ranks[row] == ABSENT ? ABSENT : rankOf[ranks[row]]).toArray();
        // a column without any value here still needs one to be missing
        int[] some = kept.length == 0 && pattern == null && masses.length > 0 ? new int[] { 0 } : kept;
        return new FittedColumn(index, column, absent / (double) rows.length, there, pattern, dictionary,
                dictionary == null ? new int[0] : IntStream.of(some).map(rank -> codes[rank]).toArray(),
                numbers.length == 0 ? numbers : IntStream.of(some).mapToDouble(rank -> numbers[rank]).toArray(),
                IntStream.of(some).mapToDouble(rank -> Math.max(used[rank], LEAST_MASS)).toArray(), false);
    }

    /** Whether its values are names whose order is ours to choose. */
    boolean isNominal() {
        return column.type() instanceof ColumnType.Categorical && masses.length > 2;
    }

    /** Whether it has a few values that many rows share, so that rows can be told apart by them. */
    boolean hasLevels(int most) {
        return dictionary != null && masses.length > 1 && masses.length <= most;
    }

    int rows() {
        return ranks.length;
    }

    /** How many distinct values there are. */
    int size() {
        return masses.length;
    }

    double mass(int rank) {
        return masses[rank];
    }

    /** The rank of the value of a sampled row, or -1. */
    int rank(int row) {
        return ranks[row];
    }

    /** Of a column of numbers: the rank of the greatest value that is at most this, or the first. */
    int rankAtMost(double number) {
        int found = Arrays.binarySearch(numbers, number);
        return Math.max(0, found >= 0 ? found : -found - 2);
    }

    /** Puts the values of a nominal column into another order. */
    void arrange(int[] order) {
        int[] rankOf = new int[order.length];
        for (int rank = 0; rank < order.length; rank++) {
            rankOf[order[rank]] = rank;
        }
        double[] massBefore = masses;
        int[] codeBefore = codes;
        masses = IntStream.of(order).mapToDouble(rank -> massBefore[rank]).toArray();
        if (whole && dictionary instanceof TextDictionary texts) {
            dictionary = TextDictionary.of(IntStream.of(order).mapToObj(texts::text).toList());
        } else {
            codes = IntStream.of(order).map(rank -> codeBefore[rank]).toArray();
        }
        for (int row = 0; row < ranks.length; row++) {
            ranks[row] = ranks[row] == ABSENT ? ABSENT : rankOf[ranks[row]];
        }
        scores = null;
    }

    void useHonestScores(double[] honest) {
        honestScores = honest;
    }

    private boolean isLatent() {
        return pattern == null && masses.length > 1;
    }

    /** Appends the scores of its latent dimensions, in the order of {@link LatentSpace}. */
    void addScores(List<LatentScores> all) {
        if (isLatent()) {
            NormalScores ofValues = scores;
            if (ofValues == null) {
                ofValues = NormalScores.of(masses);
                scores = ofValues;
            }
            double[] honest = honestScores;
            all.add(LatentScores.wrap(index, honest != null ? honest : scoresByRow(ofValues), ofValues));
        }
        if (missingShare > 0) {
            double share = Math.min(Math.max(missingShare, LEAST_MASS), 1 - LEAST_MASS);
            NormalScores ofMissing = NormalScores.of(new double[] { 1 - share, share });
            double[] values = new double[ranks.length];
            for (int row = 0; row < values.length; row++) {
                values[row] = ofMissing.score(ranks[row] == ABSENT ? 1 : 0);
            }
            all.add(LatentScores.wrap(index, values, ofMissing));
        }
    }

    private double[] scoresByRow(NormalScores ofValues) {
        double[] values = new double[ranks.length];
        for (int row = 0; row < values.length; row++) {
            values[row] = ranks[row] == ABSENT ? Double.NaN : ofValues.score(ranks[row]);
        }
        return values;
    }

    ColumnModel model() {
        return new ColumnModel(column, values(), missingShare);
    }

    private ValueModel values() {
        if (pattern != null) {
            return new TextValues(pattern);
        }
        if (masses.length == 0) {
            return StepValues.of(TextDictionary.of(List.of("")), StepMarginal.of(new double[] { 1 }));
        }
        if (dictionary != null) {
            return steps(dictionary);
        }
        ContinuousMarginal marginal = NumberAnchors.of(numbers, masses,
                whole ? NumberAnchors.MANY : NumberAnchors.FEW);
        return column.type() instanceof ColumnType.Floating ? new FloatingValues(marginal) : new ContinuousValues(marginal);
    }

    private StepValues steps(Dictionary all) {
        StepMarginal marginal = StepMarginal.of(masses);
        return Arrays.equals(codes, identity(all.size())) ? StepValues.of(all, marginal)
                : new StepValues(all, marginal, codes.clone());
    }
}
