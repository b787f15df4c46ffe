package io.freshet.model.marginal;

import java.util.stream.IntStream;

import io.freshet.table.RareNames;

/**
 * The frequency rule: a model discloses a number, date or name exactly only if enough rows have it. Rarer numbers are described
 * together with their neighbours.
 */
public final class RareValues {

    /** A value with fewer rows identifies those rows. */
    static final int FEWEST_ROWS = RareNames.FEWEST_ROWS;
    /** A column with at most this many distinct numbers remains a choice among the frequent ones ... */
    private static final int FEW_VALUES = 64;
    /** ... if at most this share of its rows has rare ones. */
    private static final double FEW_ROWS = .01;

    private RareValues() {
    }

    public static boolean isFrequent(double rows) {
        return rows >= FEWEST_ROWS;
    }

    /** Returns whether enough rows have each value. */
    static boolean[] frequent(double[] rows) {
        boolean[] frequent = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
            frequent[i] = isFrequent(rows[i]);
        }
        return frequent;
    }

    public static boolean all(boolean[] frequent) {
        return IntStream.range(0, frequent.length).allMatch(i -> frequent[i]);
    }

    /**
     * Returns whether the rare values of a column of numbers may be dropped, because there are few values and hardly any row
     * has a rare one.
     *
     * @param masses the mass of each value
     */
    public static boolean areNegligible(double[] masses, boolean[] frequent) {
        double all = 0;
        double rare = 0;
        for (int i = 0; i < masses.length; i++) {
            all += masses[i];
            rare += frequent[i] ? 0 : masses[i];
        }
        return masses.length <= FEW_VALUES && rare <= FEW_ROWS * all;
    }
}
