package io.freshet.model.marginal;

/**
 * Finds gaps in a column of numbers that are much wider than the distances between the values on either side, such as those
 * between the latitudes of a few towns. No number is drawn from within such a gap.
 */
public final class WideGaps {

    /** So many values on each side of a gap give the usual distance. */
    private static final int NEIGHBOURS = 20;
    /** A gap of this many usual distances does not occur by chance. */
    private static final double WIDE = 20;

    private WideGaps() {
    }

    /**
     * Returns, for each value, whether there is a wide gap below it.
     *
     * @param values distinct values, ascending
     * @param from the first value that counts
     * @param to the end of the values that count
     */
    public static boolean[] below(double[] values, int from, int to) {
        boolean[] wide = new boolean[values.length];
        for (int i = from + NEIGHBOURS; i + NEIGHBOURS <= to; i++) {
            double usual = Math.max(distance(values, i - NEIGHBOURS, i - 1), distance(values, i, i + NEIGHBOURS - 1));
            wide[i] = values[i] - values[i - 1] > WIDE * usual;
        }
        return wide;
    }

    /** Returns the mean distance between the values from one position to another. */
    static double distance(double[] values, int from, int to) {
        return (values[to] - values[from]) / (to - from);
    }

    /** Returns a number in the gap below a value, half the usual distance above the gap's lower end. */
    public static double lowerEdge(double[] values, int gap) {
        return values[gap - 1] + distance(values, gap - NEIGHBOURS, gap - 1) / 2;
    }

    /** Returns a number in the gap below a value, half the usual distance below the gap's upper end. */
    public static double upperEdge(double[] values, int gap) {
        return values[gap] - distance(values, gap, gap + NEIGHBOURS - 1) / 2;
    }
}
