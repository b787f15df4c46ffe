package io.freshet.model.marginal;

import io.freshet.stats.Normal;

/**
 * Maps a latent standard normal number to one of a set of codes, by thresholds: code <i>c</i> covers the z below threshold
 * <i>c</i> and not below threshold <i>c</i> − 1. A lookup table over z answers almost always with one load and one comparison.
 */
public final class StepMarginal {

    private static final double RANGE = 6.5;
    private static final int MIN_CELLS = 256;
    private static final int MAX_CELLS = 1 << 14;
    private static final long CODE = 0xFFFF;
    private static final long NO_THRESHOLD = 0x7FF8000000000000L;
    private static final double MOST = 1 - 1e-15;

    private final double[] shares;
    private final double[] thresholds;
    private final long[] table;
    private final double scale;

    private StepMarginal(double[] shares, double[] thresholds) {
        this.shares = shares;
        this.thresholds = thresholds;
        long[] entries = new long[0];
        int cells = MIN_CELLS;
        while (cells <= MAX_CELLS) {
            entries = table(thresholds, cells);
            if (cells == MAX_CELLS || crowded(entries) * 200 < cells) {
                break;
            }
            cells *= 2;
        }
        this.table = entries;
        this.scale = entries.length / (2 * RANGE);
    }

    /** Creates the marginal of codes with these masses, in this order; they need not sum to one. */
    public static StepMarginal of(double[] masses) {
        double total = 0;
        for (double mass : masses) {
            total += mass;
        }
        double[] shares = new double[masses.length];
        for (int i = 0; i < masses.length; i++) {
            shares[i] = masses[i] / total;
        }
        return ofShares(shares);
    }

    /**
     * Creates the marginal of codes with these shares. Given the {@link #share}s of another one, it is identical to the last
     * bit.
     *
     * @throws IllegalArgumentException if there is none, one is NaN or negative, or they do not sum to about one
     */
    static StepMarginal ofShares(double[] shares) {
        double[] thresholds = new double[shares.length];
        double cumulated = 0;
        for (int i = 0; i < shares.length; i++) {
            if (!(shares[i] >= 0)) {
                throw new IllegalArgumentException("a share cannot be " + shares[i]);
            }
            cumulated += shares[i];
            // the low 16 bits hold the code in the table, so no threshold may use them
            thresholds[i] = i == shares.length - 1 ? Double.POSITIVE_INFINITY
                    : Double.longBitsToDouble(
                            Double.doubleToRawLongBits(Normal.inverse(Math.min(MOST, cumulated))) & ~CODE);
        }
        if (!(Math.abs(cumulated - 1) < 1e-6)) {
            throw new IllegalArgumentException("shares must sum to one, not " + cumulated);
        }
        return new StepMarginal(shares.clone(), thresholds);
    }

    public int size() {
        return thresholds.length;
    }

    public double share(int code) {
        return shares[code];
    }

    /** Returns the least z of a code: −∞ for the first. */
    public double lower(int code) {
        return code == 0 ? Double.NEGATIVE_INFINITY : thresholds[code - 1];
    }

    /** Returns the least z above a code: +∞ for the last. */
    public double upper(int code) {
        return thresholds[code];
    }

    int code(double z) {
        int low = 0;
        int high = thresholds.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (z >= thresholds[middle]) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Computes {@link #code} of {@code n} numbers, and writes the codes from {@code at} on. */
    void codes(double[] z, int[] codes, int at, int[] cells, int n) {
        double offset = RANGE * scale;
        int last = table.length - 1;
        for (int i = 0; i < n; i++) {
            cells[i] = Math.min(Math.max((int) (z[i] * scale + offset), 0), last);
        }
        int crowded = 0;
        for (int i = 0; i < n; i++) {
            long entry = table[cells[i]];
            int code = (int) (entry & CODE);
            codes[at + i] = code + (z[i] >= Double.longBitsToDouble(entry & ~CODE) ? 1 : 0);
            crowded |= code == CODE ? 1 : 0;
        }
        if (crowded != 0) {
            for (int i = 0; i < n; i++) {
                if (codes[at + i] >= CODE) {
                    codes[at + i] = code(z[i]);
                }
            }
        }
    }

    private static int crowded(long[] entries) {
        int crowded = 0;
        for (long entry : entries) {
            crowded += (entry & CODE) == CODE ? 1 : 0;
        }
        return crowded;
    }

    /**
     * Returns, for each cell of z, the code at its left edge with the threshold inside it (NaN if there is none), or {@link
     * #CODE} if there are several. Cells are widened slightly, so that rounding of z · scale can never put z into a cell that
     * lacks its threshold.
     */
    private static long[] table(double[] thresholds, int cells) {
        double scale = cells / (2 * RANGE);
        long[] table = new long[cells];
        int code = 0;
        for (int cell = 0; cell < cells; cell++) {
            double left = cell == 0 ? Double.NEGATIVE_INFINITY : cell / scale - RANGE - 1e-9;
            double right = cell == cells - 1 ? Double.POSITIVE_INFINITY : (cell + 1) / scale - RANGE + 1e-9;
            while (code > 0 && thresholds[code - 1] > left) {
                code--;
            }
            while (thresholds[code] <= left) {
                code++;
            }
            int inside = 0;
            while (inside < 2 && code + inside < thresholds.length - 1 && thresholds[code + inside] < right) {
                inside++;
            }
            boolean fits = code < CODE - 1;
            if (inside == 0 && fits) {
                table[cell] = NO_THRESHOLD | code;
            } else if (inside == 1 && fits) {
                table[cell] = Double.doubleToRawLongBits(thresholds[code]) | code;
            } else {
                table[cell] = NO_THRESHOLD | CODE;
            }
        }
        return table;
    }
}
