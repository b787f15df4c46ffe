package io.freshet.model.copula;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import io.freshet.stats.Normal;

/**
 * The disjoint intervals, in ascending order, to which conditions restrict one latent number.
 *
 * @param intervals at least one
 */
record Factor(int dimension, List<Interval> intervals) {

    /** The latent numbers from {@code from} (inclusive) to {@code to} (exclusive). */
    record Interval(double from, double to) {

        static final Interval ALL = new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

        boolean isEmpty() {
            return !(from < to);
        }

        boolean contains(double z) {
            return from <= z && z < to;
        }

        Interval intersect(Interval other) {
            return new Interval(Math.max(from, other.from), Math.min(to, other.to));
        }

        /** Returns the number itself, or the nearest one inside, because rounding may have moved it across an edge. */
        double clamp(double z) {
            return z < from ? from : z >= to ? Math.nextDown(to) : z;
        }

        double mass() {
            // the side on which the difference keeps its precision
            return from > 0 ? Normal.cumulative(-from) - Normal.cumulative(-to)
                    : Normal.cumulative(to) - Normal.cumulative(from);
        }
    }

    Factor {
        intervals = intervals.stream().sorted(Comparator.comparingDouble(Interval::from)).toList();
    }

    /** Returns the intersection, which may have no intervals. */
    Factor intersect(Factor other) {
        List<Interval> both = new ArrayList<>();
        for (Interval one : intervals) {
            for (Interval two : other.intervals) {
                Interval common = one.intersect(two);
                if (!common.isEmpty()) {
                    both.add(common);
                }
            }
        }
        return new Factor(dimension, both);
    }

    double mass() {
        return intervals.stream().mapToDouble(Interval::mass).sum();
    }

    boolean contains(double z) {
        int low = 0;
        int high = intervals.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (intervals.get(middle).from() <= z) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return intervals.get(low).contains(z);
    }

    /**
     * Returns a larger factor of at most {@code max} intervals, by joining those with the least probable gaps between them.
     */
    Factor coarsened(int max) {
        int gaps = intervals.size() - 1;
        if (gaps < max) {
            return this;
        }
        boolean[] kept = new boolean[gaps];
        IntStream.range(0, gaps).boxed()
                .sorted(Comparator.<Integer> comparingDouble(g -> -gap(g).mass()).thenComparing(Comparator.naturalOrder()))
                .limit(max - 1L).forEach(g -> kept[g] = true);
        List<Interval> joined = new ArrayList<>();
        double from = intervals.get(0).from();
        for (int g = 0; g < gaps; g++) {
            if (kept[g]) {
                joined.add(new Interval(from, intervals.get(g).to()));
                from = intervals.get(g + 1).from();
            }
        }
        joined.add(new Interval(from, intervals.get(gaps).to()));
        return new Factor(dimension, joined);
    }

    private Interval gap(int index) {
        return new Interval(intervals.get(index).to(), intervals.get(index + 1).from());
    }
}
