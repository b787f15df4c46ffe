package io.freshet.model.gan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.freshet.model.gan.GaussianModes.Mode;
import io.freshet.model.tree.ColumnCodes;
import io.freshet.model.tree.Segments;
import io.freshet.model.tree.TableNumbers;
import io.freshet.stats.Draws;
import io.freshet.stats.Philox;
import io.freshet.table.CodedVector;
import io.freshet.table.ColumnVector;
import io.freshet.table.FloatingVector;
import io.freshet.table.NumberVector;

/**
 * The modes of a column, from which the networks choose. Each name is a mode. Numbers and dates have the components of a
 * mixture, in which a position is (x − mean) / (4 deviation), and modes of their own for the values that many rows share.
 * Missing values are the last mode. Immutable.
 */
final class ColumnModes {

    /** Numbers of fewer distinct values have no more modes than the mixture would have components. */
    private static final int MAX_LISTED = 10;
    /** A number that one row in this many has is a mode of its own. */
    private static final int SHARED = 20;
    private static final double DEVIATIONS = 4;
    private static final float MAX_POSITION = .99f;

    private final ColumnCodes codes;
    private final boolean continuous;
    /** The value of each mode: a code, or a place on the scale of the codes. Missing values have none. */
    private final List<Mode> modes;
    /** The number of rows of each mode, missing values included. */
    private final List<Long> counts;
    private final boolean missing;

    /** @param counts the number of rows of each mode, and of missing values if they occur */
    ColumnModes(ColumnCodes codes, boolean continuous, List<Mode> modes, List<Long> counts) {
        this.codes = codes;
        this.continuous = continuous;
        this.modes = List.copyOf(modes);
        this.counts = List.copyOf(counts);
        this.missing = counts.size() > modes.size();
        if (counts.isEmpty() || counts.size() > modes.size() + 1) {
            throw new IllegalArgumentException(counts.size() + " counts for " + modes.size() + " modes");
        }
    }

    /** Finds the modes of a column. */
    static ColumnModes of(ColumnCodes codes, ColumnVector vector, int rows) {
        boolean listed = codes.listed() && codes.size() <= MAX_LISTED + 1;
        if (codes.kind().isOrdered() && !listed && codes.segments().codes() > 0) {
            return continuous(codes, TableNumbers.sorted(vector, rows), rows);
        }
        long[] counts = new long[codes.size()];
        for (short code : codes.encode(vector, rows)) {
            counts[Math.max(0, code)]++;
        }
        List<Mode> modes = new ArrayList<>();
        List<Long> rowsOf = new ArrayList<>();
        for (int code = 0; code < codes.missing(); code++) {
            modes.add(new Mode(code, 0, counts[code] / (double) Math.max(1, rows)));
            rowsOf.add(counts[code]);
        }
        if (counts[codes.missing()] > 0 || modes.isEmpty()) {
            rowsOf.add(counts[codes.missing()]);
        }
        return new ColumnModes(codes, false, modes, rowsOf);
    }

    private static ColumnModes continuous(ColumnCodes codes, double[] sorted, int rows) {
        double[] places = Arrays.stream(sorted).map(codes::place).toArray();
        double[] rest = new double[places.length];
        int left = 0;
        List<Mode> modes = new ArrayList<>();
        for (int from = 0, to; from < places.length; from = to) {
            to = from;
            while (to < places.length && places[to] == places[from]) {
                to++;
            }
            if ((long) (to - from) * SHARED >= rows) {
                modes.add(new Mode(places[from], 0, (to - from) / (double) rows));
            } else {
                Arrays.fill(rest, left, left + to - from, places[from]);
                left += to - from;
            }
        }
        double share = left / (double) rows;
        if (left > 1 && rest[0] < rest[left - 1]) {
            GaussianModes.of(Arrays.copyOf(rest, left))
                    .forEach(mode -> modes.add(new Mode(mode.mean(), mode.deviation(), mode.weight() * share)));
        } else if (left > 0) {
            modes.add(new Mode(rest[0], 0, share));
        }
        List<Long> counts = new ArrayList<>();
        modes.forEach(mode -> counts.add(Math.round(mode.weight() * rows)));
        if (places.length < rows) {
            counts.add((long) rows - places.length);
        }
        return new ColumnModes(codes, true, modes, counts);
    }

    ColumnCodes codes() {
        return codes;
    }

    /** Returns whether a value has a position within its mode. */
    boolean isContinuous() {
        return continuous;
    }

    /** Returns the modes of values, without missing values. */
    List<Mode> modes() {
        return modes;
    }

    /** Returns the number of rows of each mode. */
    List<Long> counts() {
        return counts;
    }

    /** Returns the number of modes, including missing values if they occur. */
    int size() {
        return counts.size();
    }

    boolean isMissing(int mode) {
        return missing && mode == counts.size() - 1;
    }

    boolean hasMissing() {
        return missing;
    }

    /** Returns the share of missing values. */
    double missingShare() {
        double all = Math.max(1, counts.stream().mapToLong(Long::longValue).sum());
        return missing ? counts.get(counts.size() - 1) / all : 0;
    }

    /**
     * Encodes rows.
     *
     * @param order the rows in the order of the result
     * @param chosen receives the mode of each row
     * @param positions receives the position within the mode; left as it is in a column without
     */
    void encode(ColumnVector vector, int[] order, int[] chosen, float[] positions, Draws draws) {
        if (!continuous) {
            short[] all = codes.encode(vector, vectorRows(order));
            for (int i = 0; i < order.length; i++) {
                int code = all[order[i]];
                chosen[i] = Math.min(Math.max(0, code), size() - 1);
            }
            return;
        }
        double[] shares = new double[modes.size()];
        for (int i = 0; i < order.length; i++) {
            if (vector.isMissing(order[i])) {
                chosen[i] = size() - 1;
                continue;
            }
            double place = codes.place(TableNumbers.number(vector, order[i]));
            chosen[i] = choose(place, shares, draws);
            positions[i] = position(modes.get(chosen[i]), place);
        }
    }

    private static int vectorRows(int[] order) {
        return Arrays.stream(order).max().orElse(-1) + 1;
    }

    private static float position(Mode mode, double place) {
        if (mode.deviation() == 0) {
            return 0;
        }
        double position = (place - mode.mean()) / (DEVIATIONS * mode.deviation());
        return (float) Math.max(-MAX_POSITION, Math.min(MAX_POSITION, position));
    }

    /** Chooses a mode of a value by the probabilities of the mixture. */
    private int choose(double place, double[] shares, Draws draws) {
        double max = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < shares.length; k++) {
            Mode mode = modes.get(k);
            if (mode.deviation() == 0) {
                if (mode.mean() == place) {
                    return k;
                }
                shares[k] = Double.NEGATIVE_INFINITY;
                continue;
            }
            double distance = (place - mode.mean()) / mode.deviation();
            shares[k] = StrictMath.log(Math.max(mode.weight(), Double.MIN_NORMAL) / mode.deviation())
                    - .5 * distance * distance;
            max = Math.max(max, shares[k]);
        }
        double sum = 0;
        for (int k = 0; k < shares.length; k++) {
            shares[k] = shares[k] == Double.NEGATIVE_INFINITY ? 0 : Elementary.exp(shares[k] - max);
            sum += shares[k];
        }
        double left = draws.uniform() * sum;
        int last = 0;
        for (int k = 0; k < shares.length; k++) {
            if (shares[k] > 0) {
                last = k;
                left -= shares[k];
                if (left < 0) {
                    return k;
                }
            }
        }
        return last;
    }

    /**
     * Returns the place of a value on the scale of the codes, within the range of the column.
     *
     * @param position −1 to 1
     */
    double place(int mode, float position) {
        Mode chosen = modes.get(mode);
        double place = chosen.mean() + DEVIATIONS * chosen.deviation() * position;
        return chosen.deviation() == 0 ? chosen.mean() : Math.max(codes.least(), Math.min(codes.greatest(), place));
    }

    /** Writes the value at a place. */
    void write(ColumnVector vector, int row, double place) {
        if (vector instanceof FloatingVector doubles) {
            doubles.values()[row] = place;
        } else if (vector instanceof NumberVector numbers) {
            numbers.values()[row] = codes.number(place);
        } else if (vector instanceof CodedVector coded) {
            coded.codes()[row] = codes.codeOf(Math.floor(place + .5));
        }
    }

    /**
     * Writes the value of a code.
     *
     * @param segments what the code may stand for
     * @param word chooses among the values of the code
     */
    void write(ColumnVector vector, int row, int code, Segments segments, long word) {
        double value = segments.value(code, Philox.uniform(word));
        if (codes.kind().isOrdered()) {
            write(vector, row, value);
        } else if (vector instanceof CodedVector coded) {
            coded.codes()[row] = (int) value;
        }
    }
}
