package io.freshet.model.marginal;

import io.freshet.stats.Normal;

/**
 * Maps a latent standard normal number to a number, by anchors (cumulative share, value): linear in z between two anchors,
 * constant between two anchors of the same value, with a jump where two anchors have the same share. Compiled to a grid over z
 * in ±6.5; a cell that contains a jump or the edge of an atom is computed from the anchors.
 */
public final class ContinuousMarginal {

    private static final int CELLS = 2048;
    private static final double RANGE = 6.5;
    private static final double SCALE = CELLS / (2 * RANGE);
    private static final double OFFSET = RANGE * SCALE;
    private static final double LARGE = 1e290;

    private final double[] cumulative;
    private final double[] values;
    private final double[] edges;
    private final double[] intercepts;
    private final double[] slopes;
    private final double[] grid = new double[CELLS + 1];
    private final byte[] exact = new byte[CELLS];
    private final double unit;
    private final double base;

    private ContinuousMarginal(double[] cumulative, double[] values, int segments, double[] edges, double[] intercepts,
            double[] slopes) {
        this.cumulative = cumulative;
        this.values = values;
        this.unit = unit(values);
        this.base = values[0] * unit;
        this.edges = java.util.Arrays.copyOf(edges, segments + 1);
        this.edges[segments] = Double.POSITIVE_INFINITY;
        this.intercepts = java.util.Arrays.copyOf(intercepts, segments);
        this.slopes = java.util.Arrays.copyOf(slopes, segments);
        compile();
    }

    /**
     * @param cumulative non-decreasing, from 0 to 1
     * @param values non-decreasing, as many
     */
    static ContinuousMarginal of(double[] cumulative, double[] values) {
        check(cumulative, values);
        int anchors = values.length;
        double unit = unit(values);
        double[] edges = new double[anchors + 1];
        double[] intercepts = new double[anchors];
        double[] slopes = new double[anchors];
        double previous = Double.NEGATIVE_INFINITY;
        int segments = 0;
        for (int i = 0; i + 1 < anchors; i++) {
            double next = cumulative[i + 1] >= 1 - 1e-15 ? Double.POSITIVE_INFINITY : Normal.inverse(cumulative[i + 1]);
            if (next <= previous) {
                continue;
            }
            double from = values[i] * unit - values[0] * unit;
            double to = values[i + 1] * unit - values[0] * unit;
            edges[segments] = previous;
            intercepts[segments] = from;
            if (previous > Double.NEGATIVE_INFINITY && next < Double.POSITIVE_INFINITY && to != from) {
                slopes[segments] = (to - from) / (next - previous);
                intercepts[segments] = from - slopes[segments] * previous;
            } else if (next < Double.POSITIVE_INFINITY) {
                intercepts[segments] = to;
            }
            segments++;
            previous = next;
        }
        return new ContinuousMarginal(cumulative.clone(), values.clone(), segments, edges, intercepts, slopes);
    }

    private static void check(double[] cumulative, double[] values) {
        int last = values.length - 1;
        if (last < 1 || cumulative.length != values.length || cumulative[0] != 0 || cumulative[last] != 1) {
            throw new IllegalArgumentException("anchors must be at least two, with cumulative shares from 0 to 1");
        }
        for (int i = 0; i < last; i++) {
            if (!(cumulative[i] <= cumulative[i + 1] && values[i] <= values[i + 1])
                    || Double.isInfinite(values[i]) || Double.isInfinite(values[i + 1])) {
                throw new IllegalArgumentException("anchors and their cumulative shares must be finite and ascend");
            }
        }
    }

    /**
     * Returns a factor by which values are multiplied before any arithmetic, so that not even differences of the largest
     * doubles overflow.
     */
    private static double unit(double[] values) {
        return Math.max(Math.abs(values[0]), Math.abs(values[values.length - 1])) > LARGE ? 0x1p-64 : 1;
    }

    double[] cumulative() {
        return cumulative.clone();
    }

    double[] values() {
        return values.clone();
    }

    public double least() {
        return values[0];
    }

    public double greatest() {
        return values[values.length - 1];
    }

    /** Returns the value at z, above {@link #least}. */
    private double above(double z) {
        int low = 0;
        int high = slopes.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (z >= edges[middle + 1]) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return intercepts[low] + slopes[low] * z;
    }

    /** Returns the value at z with the same arithmetic as {@link #numbers}, one at a time. */
    private double compiled(double z) {
        int cell = Math.min(Math.max((int) (z * SCALE + OFFSET), 0), CELLS - 1);
        if (exact[cell] != 0) {
            return above(z);
        }
        double left = grid[cell];
        return left + (z * SCALE + OFFSET - cell) * (grid[cell + 1] - left);
    }

    /** Returns the integer value at z. */
    long number(double z) {
        return (long) (compiled(z) + 0.5) + (long) base;
    }

    /** Returns the floating-point value at z. */
    double floating(double z) {
        return Math.min(Math.max((compiled(z) + base) / unit, values[0]), values[values.length - 1]);
    }

    /** Computes {@link #number} of {@code n} numbers, and writes them from {@code at} on. */
    void numbers(double[] z, long[] out, int at, int[] scratch, int n) {
        int last = CELLS - 1;
        for (int i = 0; i < n; i++) {
            scratch[i] = Math.min(Math.max((int) (z[i] * SCALE + OFFSET), 0), last);
        }
        long origin = (long) base;
        for (int i = 0; i < n; i++) {
            int cell = scratch[i];
            double left = grid[cell];
            out[at + i] = (long) (left + (z[i] * SCALE + OFFSET - cell) * (grid[cell + 1] - left) + 0.5) + origin;
        }
        int mustBeExact = 0;
        for (int i = 0; i < n; i++) {
            mustBeExact |= exact[scratch[i]];
        }
        if (mustBeExact != 0) {
            for (int i = 0; i < n; i++) {
                if (exact[scratch[i]] != 0) {
                    out[at + i] = (long) (above(z[i]) + 0.5) + origin;
                }
            }
        }
    }

    /**
     * Returns the least z whose value is at least {@code value}: −∞ if all are, +∞ if none is. It is found by bisecting this
     * very function, so that rounding cannot violate it.
     */
    public double edge(double value, boolean integers) {
        double low = -40;
        double high = 40;
        if (at(low, integers) >= value) {
            return Double.NEGATIVE_INFINITY;
        }
        if (at(high, integers) < value) {
            return Double.POSITIVE_INFINITY;
        }
        for (int i = 0; i < 100; i++) {
            double middle = (low + high) / 2;
            if (at(middle, integers) >= value) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    private double at(double z, boolean integers) {
        return integers ? number(z) : floating(z);
    }

    private void compile() {
        for (int cell = 0; cell <= CELLS; cell++) {
            grid[cell] = above(cell / SCALE - RANGE);
        }
        exact[0] = 1;
        exact[CELLS - 1] = 1;
        for (int s = 1; s < slopes.length; s++) {
            double z = edges[s];
            double left = intercepts[s - 1] + slopes[s - 1] * z;
            double right = intercepts[s] + slopes[s] * z;
            boolean atom = (slopes[s - 1] == 0) != (slopes[s] == 0);
            if (atom || Math.abs(left - right) > 1e-9 * Math.max(1, Math.abs(right))) {
                int cell = (int) Math.floor(z * SCALE + OFFSET);
                // include the neighbours, because rounding may put a z on the edge into either
                for (int c = Math.max(cell - 1, 0); c <= Math.min(cell + 1, CELLS - 1); c++) {
                    exact[c] = 1;
                }
            }
        }
    }
}
