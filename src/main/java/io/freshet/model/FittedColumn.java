package io.freshet.model;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import io.freshet.stats.NormalScores;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.Dictionary;
import io.freshet.table.TextDictionary;

/**
 * One column while a model is fitted: its distinct values in their latent order, with their masses, and which of them each
 * sampled row has.
 */
final class FittedColumn {

    static final int ABSENT = -1;
    static final double LEAST_MASS = 1e-9;

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
    /** Of the rows that count for dependence, while order and groups stay as they are. */
    private @Nullable LatentScores byRow;
    /** By half of the rows and rank: places in an order that was not found on the same rows; see {@link CategoryOrder}. */
    private int @Nullable [][] honestPlaces;
    /** The column whose value says most of this one's, where there is one. */
    private @Nullable FittedColumn parent;
    /** Of a column with a parent, once both are in their order. */
    private @Nullable ParentGroups groups;

    FittedColumn(int index, Column column, double missingShare, int[] ranks, @Nullable TextPattern pattern,
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

    static int[] identity(int size) {
        return IntStream.range(0, size).toArray();
    }

    /** The same columns in some of the rows only, with the masses they have there. */
    static List<FittedColumn> within(List<FittedColumn> columns, int[] rows) {
        List<FittedColumn> there = columns.stream().map(column -> column.within(rows)).toList();
        for (int c = 0; c < there.size(); c++) {
            FittedColumn of = columns.get(c).parent;
            there.get(c).parent = of == null ? null : there.get(columns.indexOf(of));
        }
        return there;
    }

    private FittedColumn within(int[] rows) {
        int[] present = IntStream.of(rows).map(row -> ranks[row]).filter(rank -> rank != ABSENT).toArray();
        int[] kept = pattern == null ? distinct(present) : new int[0];
        // a column without any value here still needs one to be missing
        int[] some = kept.length == 0 && pattern == null && masses.length > 0 ? new int[] { 0 } : kept;
        double[] used = new double[some.length];
        int[] there = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            int rank = ranks[rows[i]];
            there[i] = rank == ABSENT || pattern != null ? rank : place(kept, rank);
            if (there[i] != ABSENT && pattern == null) {
                used[there[i]]++;
            }
        }
        return new FittedColumn(index, column, (rows.length - present.length) / (double) rows.length, there, pattern,
                dictionary,
                dictionary == null ? new int[0] : IntStream.of(some).map(rank -> codes[rank]).toArray(),
                numbers.length == 0 ? numbers : IntStream.of(some).mapToDouble(rank -> numbers[rank]).toArray(),
                DoubleStream.of(used).map(count -> Math.max(count, LEAST_MASS)).toArray(), false);
    }

    /** Ascending; in a time that depends on how many there are, not on how many there could be. */
    private int[] distinct(int[] values) {
        if (values.length * 16L > masses.length) {
            boolean[] used = new boolean[masses.length];
            for (int value : values) {
                used[value] = true;
            }
            return IntStream.range(0, used.length).filter(rank -> used[rank]).toArray();
        }
        return IntStream.of(values).sorted().distinct().toArray();
    }

    private static int place(int[] kept, int rank) {
        return rank < kept.length && kept[rank] == rank ? rank : Arrays.binarySearch(kept, rank);
    }

    /** Whether its values are names whose order is ours to choose. */
    boolean isNominal() {
        return column.type() instanceof ColumnType.Categorical && masses.length > 2;
    }

    /** Whether it has a few values that many rows share, so that rows can be told apart by them. */
    boolean hasLevels(int most) {
        return dictionary != null && masses.length > 1 && masses.length <= most;
    }

    /** Whether its values are names or booleans. */
    boolean isText() {
        return dictionary instanceof TextDictionary;
    }

    void dependOn(FittedColumn other) {
        parent = other;
    }

    @Nullable
    FittedColumn parent() {
        return parent;
    }

    /** Takes its scores and values by the values of the parent from now on, or, while orders are found, not. */
    void group(boolean grouped) {
        FittedColumn of = parent;
        byRow = null;
        groups = grouped && of != null ? new ParentGroups(this, of) : null;
    }

    int index() {
        return index;
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

    /** Of a column of steps: the entry of the dictionary. */
    int code(int rank) {
        return codes[rank];
    }

    /** Of a column of steps: how many entries the dictionary has. */
    int entries() {
        return dictionary == null ? 0 : dictionary.size();
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
        byRow = null;
    }

    void useHonestPlaces(int[][] places) {
        honestPlaces = places;
        byRow = null;
    }

    private boolean isLatent() {
        ParentGroups given = groups;
        return given != null ? given.isLatent() : pattern == null && masses.length > 1;
    }

    /** Appends the scores of its latent dimensions, in the order of {@link LatentSpace}. */
    void addScores(List<LatentScores> all) {
        if (isLatent()) {
            LatentScores known = byRow;
            if (known == null) {
                known = valueScores();
                byRow = known;
            }
            all.add(known);
        }
        if (missingShare > 0) {
            double share = Math.min(Math.max(missingShare, LEAST_MASS), 1 - LEAST_MASS);
            NormalScores ofMissing = NormalScores.of(new double[] { 1 - share, share });
            double[] values = new double[counted()];
            for (int row = 0; row < values.length; row++) {
                values[row] = ofMissing.score(ranks[row] == ABSENT ? 1 : 0);
            }
            all.add(LatentScores.wrap(index, values, ofMissing));
        }
    }

    /** How many rows count for dependence. */
    private int counted() {
        return Math.min(ranks.length, ModelFitter.MOST_ROWS);
    }

    private LatentScores valueScores() {
        int[] same = identity(masses.length);
        int[][] places = honestPlaces == null ? new int[][] { same, same } : honestPlaces;
        ParentGroups given = groups;
        if (given != null) {
            return LatentScores.wrap(index, given.scores(places), given.meanScores());
        }
        NormalScores ofValues = scores;
        if (ofValues == null) {
            ofValues = NormalScores.of(masses);
            scores = ofValues;
        }
        List<double[]> byHalf = honestPlaces == null ? List.of() : List.of(scoresOf(places[0]), scoresOf(places[1]));
        double[] values = new double[counted()];
        for (int row = 0; row < values.length; row++) {
            values[row] = ranks[row] == ABSENT ? Double.NaN
                    : byHalf.isEmpty() ? ofValues.score(ranks[row]) : byHalf.get(row & 1)[ranks[row]];
        }
        return LatentScores.wrap(index, values, ofValues);
    }

    /** By rank: the scores that the values have in another order. */
    private double[] scoresOf(int[] places) {
        int[] order = new int[places.length];
        for (int rank = 0; rank < places.length; rank++) {
            order[places[rank]] = rank;
        }
        NormalScores inOrder = NormalScores.of(IntStream.of(order).mapToDouble(rank -> masses[rank]).toArray());
        return IntStream.of(places).mapToDouble(inOrder::score).toArray();
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

    private ValueModel steps(Dictionary all) {
        StepMarginal marginal = StepMarginal.of(masses);
        StepValues overall = Arrays.equals(codes, identity(all.size())) ? StepValues.of(all, marginal)
                : new StepValues(all, marginal, codes.clone());
        ParentGroups given = groups;
        return given == null ? overall : given.values(overall);
    }
}
