package io.freshet.model.fit;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import io.freshet.model.copula.LatentSpace;
import io.freshet.model.marginal.ColumnModel;
import io.freshet.model.marginal.ContinuousMarginal;
import io.freshet.model.marginal.ContinuousValues;
import io.freshet.model.marginal.CountedNumbers;
import io.freshet.model.marginal.FloatingValues;
import io.freshet.model.marginal.NumberAnchors;
import io.freshet.model.marginal.StepMarginal;
import io.freshet.model.marginal.StepValues;
import io.freshet.model.marginal.TextPattern;
import io.freshet.model.marginal.TextValues;
import io.freshet.model.marginal.ValueModel;
import io.freshet.stats.NormalScores;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.Dictionary;
import io.freshet.table.TextDictionary;

/**
 * One column while a model is fitted: its distinct values in their latent order, with their masses, and the value of each
 * sampled row.
 */
final class FittedColumn {

    static final int ABSENT = -1;
    /** The rank of a value that is too rare for the model. */
    static final int UNKNOWN = -2;
    static final double MIN_MASS = 1e-9;

    private final int index;
    private final Column column;
    private final double missingShare;
    /** The rank of each row's value, {@link #ABSENT} or {@link #UNKNOWN}. */
    private final int[] ranks;
    private final @Nullable TextPattern pattern;
    /** The dictionary of a column of steps. */
    private @Nullable Dictionary dictionary;
    /** The dictionary entry of each rank of a column of steps. For all rows, the dictionary is in the order of the ranks. */
    private int[] codes;
    /** The numbers by rank, for a column of numbers or dates. */
    private final CountedNumbers numbers;
    private double[] masses;
    private final boolean whole;
    private @Nullable NormalScores scores;
    /** The scores of the rows that count for dependence, cached while order and groups are unchanged. */
    private @Nullable LatentScores byRow;
    /** The places in a cross-fitted order, by half of the rows and rank; see {@link CategoryOrder}. */
    private int @Nullable [][] honestPlaces;
    /** The column whose value determines most about this one, if there is one. */
    private @Nullable FittedColumn parent;
    /** The groups of a column with a parent, once both are in their order. */
    private @Nullable ParentGroups groups;

    FittedColumn(int index, Column column, double missingShare, int[] ranks, @Nullable TextPattern pattern,
            @Nullable Dictionary dictionary, int[] codes, CountedNumbers numbers, double[] masses, boolean whole) {
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

    /** Returns the same columns in some of the rows only, with their masses there. */
    static List<FittedColumn> within(List<FittedColumn> columns, int[] rows) {
        List<FittedColumn> there = columns.stream().map(column -> column.within(rows)).toList();
        for (int c = 0; c < there.size(); c++) {
            FittedColumn of = columns.get(c).parent;
            there.get(c).parent = of == null ? null : there.get(columns.indexOf(of));
        }
        return there;
    }

    private FittedColumn within(int[] rows) {
        int[] present = IntStream.of(rows).map(row -> ranks[row]).filter(rank -> rank >= 0).toArray();
        long absent = IntStream.of(rows).filter(row -> ranks[row] == ABSENT).count();
        int[] kept = pattern == null ? distinct(present) : new int[0];
        // a column without any value in these rows still needs one, although it is always missing
        int[] some = kept.length == 0 && pattern == null && masses.length > 0 ? new int[] { 0 } : kept;
        double[] used = new double[some.length];
        int[] there = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            int rank = ranks[rows[i]];
            there[i] = rank < 0 || pattern != null ? rank : place(kept, rank);
            if (there[i] >= 0 && pattern == null) {
                used[there[i]]++;
            }
        }
        double[] counts = DoubleStream.of(used).map(count -> Math.max(count, MIN_MASS)).toArray();
        return new FittedColumn(index, column, absent / (double) rows.length, there, pattern,
                dictionary,
                dictionary == null ? new int[0] : IntStream.of(some).map(rank -> codes[rank]).toArray(),
                numbers.size() == 0 ? numbers : numbers.within(some, counts), counts, false);
    }

    /** Returns the distinct values in ascending order, in time that depends on their number and not on their range. */
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

    /** Returns whether the values are names, which may be put into any order. */
    boolean isNominal() {
        return column.type() instanceof ColumnType.Categorical && masses.length > 2;
    }

    /** Returns whether the column has a few values that many rows share, by which the rows can be divided. */
    boolean hasLevels(int max) {
        return dictionary != null && masses.length > 1 && masses.length <= max;
    }

    /** Returns whether the values are names or booleans. */
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

    /** Sets whether scores and values depend on those of the parent; they do not while orders are determined. */
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

    /** Returns the number of distinct values. */
    int size() {
        return masses.length;
    }

    double mass(int rank) {
        return masses[rank];
    }

    /** Returns the rank of the value of a sampled row, or {@link #ABSENT} if none is known. */
    int rank(int row) {
        return Math.max(ABSENT, ranks[row]);
    }

    /** Returns the dictionary entry of a rank, for a column of steps. */
    int code(int rank) {
        return codes[rank];
    }

    /** Returns the number of dictionary entries, for a column of steps. */
    int entries() {
        return dictionary == null ? 0 : dictionary.size();
    }

    /** Returns the rank of the greatest value that is at most this number, or the first rank; for a column of numbers. */
    int rankAtMost(double number) {
        int found = Arrays.binarySearch(numbers.values(), number);
        return Math.max(0, found >= 0 ? found : -found - 2);
    }

    /** Changes the order of the values of a nominal column. */
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
            ranks[row] = ranks[row] < 0 ? ranks[row] : rankOf[ranks[row]];
        }
        scores = null;
        byRow = null;
    }

    void useHonestPlaces(int[][] places) {
        honestPlaces = places;
        byRow = null;
    }

    /** Must agree with {@link ValueModel#isLatent} of the values that {@link #model} returns. */
    private boolean isLatent() {
        ParentGroups given = groups;
        if (given != null) {
            return given.isLatent();
        }
        return pattern == null && (masses.length > 1 || dictionary == null && masses.length == 1);
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
            double share = Math.min(Math.max(missingShare, MIN_MASS), 1 - MIN_MASS);
            NormalScores ofMissing = NormalScores.of(new double[] { 1 - share, share });
            double[] values = new double[counted()];
            for (int row = 0; row < values.length; row++) {
                values[row] = ofMissing.score(ranks[row] == ABSENT ? 1 : 0);
            }
            all.add(LatentScores.wrap(index, values, ofMissing));
        }
    }

    /** Returns how many rows count for dependence. */
    private int counted() {
        return Math.min(ranks.length, ModelFitter.MAX_ROWS);
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
            values[row] = ranks[row] < 0 ? Double.NaN
                    : byHalf.isEmpty() ? ofValues.score(ranks[row]) : byHalf.get(row & 1)[ranks[row]];
        }
        return LatentScores.wrap(index, values, ofValues);
    }

    /** Returns the score of each rank in another order. */
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
        ContinuousMarginal marginal = NumberAnchors.of(numbers, whole ? NumberAnchors.MANY : NumberAnchors.FEW);
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
