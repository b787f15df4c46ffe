package io.freshet.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import io.freshet.stats.NormalScores;
import io.freshet.table.CodedVector;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;
import io.freshet.table.FloatingVector;
import io.freshet.table.NumberDictionary;
import io.freshet.table.NumberVector;
import io.freshet.table.TableSample;
import io.freshet.table.TextDictionary;
import io.freshet.table.TextVector;

/** One column while a model is fitted: its ordered distinct values, their masses, and which of them each sampled row has. */
final class FittedColumn {

    /** Numbers with more distinct values are continuous. */
    private static final int MOST_STEPS = 4096;
    private static final int EXAMPLES = 2_000;
    private static final int ABSENT = -1;

    private final int index;
    private final Column column;
    private final int rows;
    private final double missingShare;
    private final int[] ranks;
    private double[] masses = {};
    private double[] numbers = {};
    private List<String> texts = List.of();
    private @Nullable TextPattern pattern;
    /** Scores that were not estimated on the same rows they are used for; see {@link CategoryOrder}. */
    private double @Nullable [] honestScores;

    private FittedColumn(TableSample sample, int index) {
        this.index = index;
        this.column = sample.schema().column(index);
        this.rows = sample.rows().size();
        this.missingShare = (double) sample.missing().get(index) / sample.totalRows();
        this.ranks = new int[rows];
    }

    static FittedColumn of(TableSample sample, int index) {
        FittedColumn fitted = new FittedColumn(sample, index);
        ColumnVector vector = sample.rows().vector(index);
        if (vector instanceof CodedVector coded && coded.dictionary() instanceof TextDictionary dictionary) {
            fitted.takeCategories(coded, dictionary, sample.valueCounts().get(index));
        } else if (vector instanceof CodedVector coded) {
            NumberDictionary dictionary = (NumberDictionary) coded.dictionary();
            fitted.takeNumbers(row -> coded.isMissing(row) ? Double.NaN : dictionary.value(coded.codes()[row]));
        } else if (vector instanceof NumberVector values) {
            fitted.takeNumbers(row -> values.isMissing(row) ? Double.NaN : values.values()[row]);
        } else if (vector instanceof FloatingVector values) {
            fitted.takeNumbers(row -> values.values()[row]);
        } else {
            fitted.takeTexts((TextVector) vector);
        }
        return fitted;
    }

    private void takeCategories(CodedVector coded, TextDictionary dictionary, List<Long> counts) {
        int size = dictionary.size();
        for (int row = 0; row < rows; row++) {
            ranks[row] = coded.isMissing(row) ? ABSENT : coded.codes()[row];
        }
        masses = counts.stream().mapToDouble(Long::doubleValue).toArray();
        texts = dictionary.texts();
        if (size > 2 && column.type() instanceof ColumnType.Categorical) {
            double[] frequency = masses;
            arrange(IntStream.range(0, size).boxed()
                    .sorted((a, b) -> Double.compare(frequency[b], frequency[a])).mapToInt(Integer::intValue).toArray());
        }
    }

    private void takeNumbers(java.util.function.IntToDoubleFunction value) {
        double[] sorted = IntStream.range(0, rows).mapToDouble(value).filter(v -> !Double.isNaN(v)).sorted().toArray();
        numbers = Arrays.stream(sorted).distinct().toArray();
        masses = new double[numbers.length];
        int rank = 0;
        for (double number : sorted) {
            rank += number == numbers[rank] ? 0 : 1;
            masses[rank]++;
        }
        for (int row = 0; row < rows; row++) {
            double number = value.applyAsDouble(row);
            ranks[row] = Double.isNaN(number) ? ABSENT : Arrays.binarySearch(numbers, number);
        }
    }

    private void takeTexts(TextVector vector) {
        List<String> examples = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            ranks[row] = ABSENT;
            if (!vector.isMissing(row)) {
                ranks[row] = 0;
                if (examples.size() < EXAMPLES) {
                    examples.add(vector.text(row));
                }
            }
        }
        if (!examples.isEmpty()) {
            pattern = column.type() instanceof ColumnType.FreeText ? TextPattern.ofProse(examples)
                    : TextPattern.ofIdentifiers(examples);
        }
    }

    /** Whether its values are names whose order is ours to choose. */
    boolean isNominal() {
        return column.type() instanceof ColumnType.Categorical && texts.size() > 2;
    }

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

    /** Puts the values into another order. */
    void arrange(int[] order) {
        double[] arranged = new double[order.length];
        String[] names = new String[order.length];
        int[] rankOf = new int[order.length];
        for (int rank = 0; rank < order.length; rank++) {
            arranged[rank] = masses[order[rank]];
            names[rank] = texts.get(order[rank]);
            rankOf[order[rank]] = rank;
        }
        masses = arranged;
        texts = List.of(names);
        for (int row = 0; row < rows; row++) {
            ranks[row] = ranks[row] == ABSENT ? ABSENT : rankOf[ranks[row]];
        }
    }

    void useHonestScores(double[] scores) {
        honestScores = scores;
    }

    private boolean isLatent() {
        return pattern == null && masses.length > 1;
    }

    /** Masses with none below a tiny share, so that every value has an interval. */
    double[] positiveMasses() {
        return Arrays.stream(masses).map(mass -> Math.max(mass, 1e-9)).toArray();
    }

    /** Appends the scores of its latent dimensions, in the order of {@link LatentSpace}. */
    void addScores(List<LatentScores> all) {
        if (isLatent()) {
            NormalScores scores = NormalScores.of(positiveMasses());
            double[] honest = honestScores;
            all.add(LatentScores.wrap(index, honest != null ? honest : scoresByRow(scores), scores));
        }
        if (model().mayMiss()) {
            double share = Math.min(Math.max(missingShare, 1e-9), 1 - 1e-9);
            NormalScores scores = NormalScores.of(new double[] { 1 - share, share });
            double[] values = new double[rows];
            for (int row = 0; row < rows; row++) {
                values[row] = scores.score(ranks[row] == ABSENT ? 1 : 0);
            }
            all.add(LatentScores.wrap(index, values, scores));
        }
    }

    private double[] scoresByRow(NormalScores scores) {
        double[] values = new double[rows];
        for (int row = 0; row < rows; row++) {
            values[row] = ranks[row] == ABSENT ? Double.NaN : scores.score(ranks[row]);
        }
        return values;
    }

    ColumnModel model() {
        return new ColumnModel(column, values(), empty() ? 1 : missingShare);
    }

    private boolean empty() {
        return pattern == null && masses.length == 0;
    }

    private ValueModel values() {
        if (pattern != null) {
            return new TextValues(pattern);
        }
        if (empty()) {
            return StepValues.of(TextDictionary.of(List.of("")), StepMarginal.of(new double[] { 1 }));
        }
        if (!texts.isEmpty()) {
            return StepValues.of(TextDictionary.of(texts), StepMarginal.of(positiveMasses()));
        }
        if (column.type() instanceof ColumnType.Floating) {
            return new FloatingValues(NumberAnchors.of(numbers, masses));
        }
        return numbers.length <= MOST_STEPS
                ? StepValues.of(NumberDictionary.of(Arrays.stream(numbers).mapToLong(n -> (long) n).toArray()),
                        StepMarginal.of(masses))
                : new ContinuousValues(NumberAnchors.of(numbers, masses));
    }
}
