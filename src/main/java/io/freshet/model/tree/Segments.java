package io.freshet.model.tree;

import java.util.Arrays;

/**
 * The values that each code of a column represents: segments [low, high] with a mass, chosen in proportion to their masses, and
 * uniform within. A segment with equal ends is a value that several rows share. Immutable.
 */
public final class Segments {

    /** For each code, the index of its first segment, and a final entry for the end. */
    private final int[] first;
    private final double[] low;
    private final double[] high;
    private final double[] mass;
    /** The thresholds of Walker's alias method for each code: the segment itself below the threshold, otherwise its alias. */
    private final double[] threshold;
    private final int[] alias;
    /** The factors that stretch the parts below and above the threshold to [0, 1). */
    private final double[] stretchOwn;
    private final double[] stretchOther;
    /** Whether every code is a single value. */
    private final boolean oneEach;

    private Segments(int[] first, double[] low, double[] high, double[] mass) {
        this.first = first;
        this.low = low;
        this.high = high;
        this.mass = mass;
        this.threshold = new double[mass.length];
        this.alias = new int[mass.length];
        this.stretchOwn = new double[mass.length];
        this.stretchOther = new double[mass.length];
        for (int code = 0; code + 1 < first.length; code++) {
            balance(first[code], first[code + 1]);
        }
        this.oneEach = Arrays.equals(low, high) && isOneEach(first);
        for (int s = 0; s < mass.length; s++) {
            stretchOwn[s] = threshold[s] > 0 ? 1 / threshold[s] : 0;
            stretchOther[s] = threshold[s] < 1 ? 1 / (1 - threshold[s]) : 0;
        }
    }

    /**
     * @param first for each code, the index of its first segment, and a final entry for the end
     * @param mass not negative; a code whose masses are all 0 is never drawn
     * @throws IllegalArgumentException if the arrays do not match
     */
    static Segments of(int[] first, double[] low, double[] high, double[] mass) {
        int size = first[first.length - 1];
        if (low.length != size || high.length != size || mass.length != size) {
            throw new IllegalArgumentException("segments of " + low.length + ", " + high.length + " and " + mass.length
                    + " entries, not " + size);
        }
        for (int s = 0; s < size; s++) {
            if (!(low[s] <= high[s]) || !(mass[s] >= 0)) {
                throw new IllegalArgumentException("a segment from " + low[s] + " to " + high[s] + " of mass " + mass[s]);
            }
        }
        return new Segments(first.clone(), low.clone(), high.clone(), mass.clone());
    }

    private static boolean isOneEach(int[] first) {
        for (int code = 0; code < first.length; code++) {
            if (first[code] != code) {
                return false;
            }
        }
        return true;
    }

    private void balance(int from, int to) {
        int size = to - from;
        double sum = 0;
        for (int s = from; s < to; s++) {
            sum += mass[s];
        }
        double[] scaled = new double[size];
        int[] open = new int[size];
        int small = 0;
        int large = size;
        for (int i = 0; i < size; i++) {
            scaled[i] = sum > 0 ? mass[from + i] * size / sum : 1;
            threshold[from + i] = 1;
            alias[from + i] = from + i;
            open[scaled[i] < 1 ? small++ : --large] = i;
        }
        while (small > 0 && large < size) {
            int less = open[--small];
            int more = open[large];
            threshold[from + less] = scaled[less];
            alias[from + less] = from + more;
            scaled[more] -= 1 - scaled[less];
            if (scaled[more] < 1) {
                large++;
                open[small++] = more;
            }
        }
    }

    /** Returns the number of codes. */
    public int codes() {
        return first.length - 1;
    }

    public int first(int code) {
        return first[code];
    }

    public double low(int segment) {
        return low[segment];
    }

    public double high(int segment) {
        return high[segment];
    }

    public double mass(int segment) {
        return mass[segment];
    }

    /** Returns the total mass of a code's segments. */
    public double massOf(int code) {
        double sum = 0;
        for (int s = first[code]; s < first[code + 1]; s++) {
            sum += mass[s];
        }
        return sum;
    }

    /**
     * Returns the value of a code at a place.
     *
     * @param place a number in [0, 1)
     */
    public double value(int code, double place) {
        int from = first[code];
        int size = first[code + 1] - from;
        double scaled = place * size;
        int segment = from + (int) scaled;
        double rest = scaled - (int) scaled;
        double own = threshold[segment];
        if (rest < own) {
            rest *= stretchOwn[segment];
        } else {
            rest = (rest - own) * stretchOther[segment];
            segment = alias[segment];
        }
        return Math.min(low[segment] + (high[segment] - low[segment]) * rest, high[segment]);
    }

    /**
     * Computes the values of a block of rows.
     *
     * @param codes the code of each row; for the code of missing values, the result is arbitrary
     * @param places a random word for each row
     */
    void values(int[] codes, long[] places, int rows, double[] values) {
        int missing = codes();
        if (oneEach) {
            for (int i = 0; i < rows; i++) {
                values[i] = codes[i] == missing ? 0 : low[codes[i]];
            }
            return;
        }
        for (int i = 0; i < rows; i++) {
            if (codes[i] != missing) {
                values[i] = value(codes[i], DrawnColumns.unit(places[i]));
            }
        }
    }
}
