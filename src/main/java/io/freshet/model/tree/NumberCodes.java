package io.freshet.model.tree;

import java.util.List;
import java.util.Optional;

import io.freshet.model.marginal.WideGaps;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.RareNames;
import io.freshet.table.TextDictionary;

/**
 * Divides numbers or dates into codes: one code for each value that many rows share, and ranges of about equal mass for the
 * others. Within a range, values that at least {@value #SHARED} rows have are kept. The remaining mass is spread over the gaps
 * between neighbours, so that no value of a single row remains.
 */
final class NumberCodes {

    /** Up to this number of distinct values, each value has a code of its own. */
    private static final int LISTED = 128;
    private static final int SHARED = RareNames.FEWEST_ROWS;
    /** The smallest number of rows in a range. */
    private static final int RANGE_ROWS = 20;
    /** How near a segment of few rows comes to a shared floating-point number, relative to the distance between them. */
    private static final double NEAR = .02;
    /** The number of segments into which the rare values of a range are divided. */
    private static final int PARTS = 16;

    private final boolean floating;
    /** The distinct values, ascending, on the scale of the segments. */
    private final double[] places;
    private final int[] counts;
    private final boolean[] atom;
    /** Whether there is a wide gap below a value. */
    private final boolean[] gap;
    private final SegmentList segments = new SegmentList();

    private NumberCodes(boolean floating, double[] places, int[] counts, int codes) {
        this.floating = floating;
        this.places = places;
        this.counts = counts;
        this.atom = new boolean[places.length];
        this.gap = WideGaps.below(places, 0, places.length);
        build(codes);
    }

    /** @param sorted all values that are not missing, ascending; at least one */
    static ColumnCodes of(Column column, double[] sorted, int codes) {
        boolean floating = column.type() instanceof ColumnType.Floating;
        double[] distinct = java.util.Arrays.stream(sorted).distinct().toArray();
        int[] counts = new int[distinct.length];
        int at = 0;
        for (double number : sorted) {
            at += number == distinct[at] ? 0 : 1;
            counts[at]++;
        }
        long origin = floating || distinct.length == 0 ? 0 : (long) distinct[0];
        long unit = floating ? 1 : unit(distinct);
        double[] places = floating ? distinct
                : java.util.Arrays.stream(distinct).map(number -> (number - origin) / unit).toArray();
        NumberCodes built = new NumberCodes(floating, places, counts, codes);
        return new ColumnCodes(column, built.segments.build(), TextDictionary.of(List.of()), origin, unit, Optional.empty());
    }

    /** Returns the greatest common divisor of all differences; 1 if there is no difference. */
    private static long unit(double[] distinct) {
        long unit = 0;
        for (int i = 1; i < distinct.length && unit != 1; i++) {
            long rest = (long) (distinct[i] - distinct[0]);
            while (rest != 0) {
                long next = unit % rest;
                unit = rest;
                rest = next;
            }
        }
        return Math.max(1, Math.abs(unit));
    }

    private void build(int codes) {
        long rows = 0;
        for (int count : counts) {
            rows += count;
        }
        boolean listed = places.length <= LISTED;
        long rest = rows;
        int atoms = 0;
        for (int i = 0; i < places.length; i++) {
            atom[i] = listed ? counts[i] >= SHARED : counts[i] > Math.max(SHARED, rows / codes);
            rest -= atom[i] ? counts[i] : 0;
            atoms += atom[i] ? 1 : 0;
        }
        long ranges = Math.max(1, Math.min(Math.max(codes - atoms, 8), rest / RANGE_ROWS));
        double each = rest / (double) ranges;
        divide(each, rest);
    }

    /**
     * Divides the values into codes. An atom within a range gets the code after it, because codes are ordered by where they
     * begin.
     */
    private void divide(double each, long rest) {
        int from = -1;
        long inside = 0;
        long before = 0;
        int pending = 0;
        for (int i = 0; i < places.length; i++) {
            if (atom[i]) {
                if (from >= 0 && inside >= Math.max(RANGE_ROWS, each / 2) && rest - before - inside >= RANGE_ROWS) {
                    pending = close(from, i, pending);
                    before += inside;
                    inside = 0;
                    from = -1;
                }
                if (from < 0) {
                    single(i);
                } else {
                    pending++;
                }
                continue;
            }
            from = from < 0 ? i : from;
            inside += counts[i];
            boolean enough = before + inside >= each * (segmentsOfRanges(before, each) + 1) - .5 * counts[i];
            if (enough && rest - before - inside >= Math.min(RANGE_ROWS, each)) {
                pending = close(from, i + 1, pending);
                before += inside;
                inside = 0;
                from = -1;
            }
        }
        if (from >= 0) {
            close(from, places.length, pending);
        }
    }

    private static long segmentsOfRanges(long before, double each) {
        return (long) Math.floor(before / each + 1e-9);
    }

    private int close(int from, int to, int pending) {
        range(from, to);
        for (int i = from; i < to && pending > 0; i++) {
            if (atom[i]) {
                single(i);
            }
        }
        return 0;
    }

    private void single(int i) {
        segments.add(places[i], places[i], counts[i]);
        segments.endCode();
    }

    /** Adds the segments of a range, without its atoms: values that several rows share, and the stretches between them. */
    private void range(int from, int to) {
        long rare = 0;
        for (int i = from; i < to; i++) {
            rare += atom[i] || isShared(i) ? 0 : counts[i];
        }
        double part = Math.max(SHARED, rare / (double) PARTS);
        int begin = -1;
        long inside = 0;
        for (int i = from; i < to; i++) {
            if (atom[i] || isShared(i)) {
                begin = flush(begin, i, inside);
                inside = 0;
                if (!atom[i]) {
                    segments.add(places[i], places[i], counts[i]);
                }
                continue;
            }
            if (gap[i]) {
                begin = flush(begin, i, inside);
                inside = 0;
            }
            begin = begin < 0 ? i : begin;
            inside += counts[i];
            if (inside >= part) {
                begin = flush(begin, i + 1, inside);
                inside = 0;
            }
        }
        flush(begin, to, inside);
        segments.endCode();
    }

    private boolean isShared(int i) {
        return counts[i] >= SHARED;
    }

    /**
     * Adds a segment that reaches half-way to the neighbours on both sides. If it has so few rows that it would disclose them,
     * it reaches nearly to neighbours that many rows share.
     *
     * @return −1 as the next beginning
     */
    private int flush(int begin, int end, long rows) {
        if (begin < 0 || rows == 0) {
            return -1;
        }
        boolean few = rows < SHARED;
        double low = gap[begin] ? WideGaps.upperEdge(places, begin)
                : few && begin > 0 && isPoint(begin - 1) ? near(begin - 1, begin) : border(begin);
        double high = end < places.length && gap[end] ? WideGaps.lowerEdge(places, end)
                : few && end < places.length && isPoint(end) ? near(end, end - 1) : border(end);
        segments.add(low, high, rows);
        return -1;
    }

    private boolean isPoint(int i) {
        return atom[i] || isShared(i);
    }

    /** Returns a place near one value, on the side of another. */
    private double near(int i, int other) {
        double distance = places[other] - places[i];
        return places[i]
                + Math.copySign(Math.min(Math.abs(distance) / 2, floating ? Math.abs(distance) * NEAR : .501), distance);
    }

    /** Returns the midpoint between a value and the one before it. */
    private double border(int i) {
        if (i > 0 && i < places.length) {
            return places[i - 1] + (places[i] - places[i - 1]) / 2;
        }
        int own = i == 0 ? 0 : places.length - 1;
        double margin = floating ? 0 : .499;
        return i == 0 ? places[own] - margin : places[own] + margin;
    }
}
