package io.freshet.model.fit;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The sampled rows, divided by the values of some columns, the pivots; combinations with few rows share a stratum. */
public final class Strata {

    /** Fewer rows reveal too little about the dependence between columns, and too much about each row. */
    public static final int FEWEST_ROWS = 100;

    private final int[] stratumOf;
    private final int size;

    private Strata(int[] stratumOf, int size) {
        this.stratumOf = stratumOf;
        this.size = size;
    }

    /** Creates one stratum of all rows. */
    static Strata one(int rows) {
        return new Strata(new int[rows], 1);
    }

    /**
     * Divides the rows by the values of one column.
     *
     * @param fewest the number of rows that a stratum has at least
     */
    static Strata of(FittedColumn pivot, int fewest) {
        return of(List.of(pivot), pivot.rows(), fewest);
    }

    /** @param pivots few columns, each with few values */
    static Strata of(List<FittedColumn> pivots, int rows) {
        return of(pivots, rows, FEWEST_ROWS);
    }

    private static Strata of(List<FittedColumn> pivots, int rows, int fewest) {
        int combinations = 1;
        for (FittedColumn pivot : pivots) {
            combinations = Math.multiplyExact(combinations, pivot.size() + 1);
        }
        int[] known = new int[combinations];
        int[] levels = new int[rows];
        int[] counts = new int[combinations];
        int size = 0;
        for (int row = 0; row < rows; row++) {
            int combination = 0;
            for (FittedColumn pivot : pivots) {
                combination = combination * (pivot.size() + 1) + pivot.rank(row) + 1;
            }
            if (known[combination] == 0) {
                known[combination] = ++size;
            }
            levels[row] = known[combination] - 1;
            counts[levels[row]]++;
        }
        return pooled(levels, Arrays.copyOf(counts, size), fewest);
    }

    private static Strata pooled(int[] levels, int[] counts, int fewest) {
        int[] stratum = new int[counts.length];
        int size = 0;
        int rest = 0;
        for (int level = 0; level < counts.length; level++) {
            stratum[level] = counts[level] >= fewest ? size++ : -1;
            rest += counts[level] >= fewest ? 0 : counts[level];
        }
        // a remainder that is too small itself joins the smallest stratum
        int pool = size == 0 || rest >= fewest ? size++ : smallest(stratum, counts);
        for (int level = 0; level < counts.length; level++) {
            stratum[level] = stratum[level] < 0 ? pool : stratum[level];
        }
        return new Strata(IntStream.of(levels).map(level -> stratum[level]).toArray(), size);
    }

    private static int smallest(int[] stratum, int[] counts) {
        int smallest = -1;
        for (int level = 0; level < counts.length; level++) {
            if (stratum[level] >= 0 && (smallest < 0 || counts[level] < counts[smallest])) {
                smallest = level;
            }
        }
        return stratum[smallest];
    }

    /** Returns the number of strata. */
    int size() {
        return size;
    }

    int rows() {
        return stratumOf.length;
    }

    /** Returns the rows of a stratum, in their order. */
    int[] rows(int stratum) {
        return IntStream.range(0, stratumOf.length).filter(row -> stratumOf[row] == stratum).toArray();
    }

    /** Returns the strata of some of the rows only. */
    Strata within(int[] rows) {
        return new Strata(IntStream.of(rows).map(row -> stratumOf[row]).toArray(), size);
    }
}
