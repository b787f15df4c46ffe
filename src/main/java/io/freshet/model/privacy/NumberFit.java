package io.freshet.model.privacy;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.freshet.model.tree.CodedColumn;
import io.freshet.table.ColumnType;

/**
 * Numbers and dates. A range with few values has a code for each; another one is divided into bins first. Neighbours whose
 * counts do not stand out from the noise share a code.
 */
final class NumberFit extends ColumnFit {

    private static final int MAX_SINGLES = 128;
    /** The number of places into which the range of doubles is divided. */
    private static final int FLOATING_PLACES = 1 << 20;
    /** The part of a step by which a range of whole numbers extends beyond its ends. */
    private static final double MARGIN = .499;
    /** About the number of segments of a code. */
    private static final int SEGMENTS = 12;

    private final double[] values;
    private double low;
    private double high;
    private boolean ranged;
    private @Nullable Bins bins;

    /** @param range the smallest and the largest number; null to buy them */
    NumberFit(RawTable table, int index, ColumnType type, double @Nullable [] range) {
        super(table, index, type);
        this.values = new double[table.rows()];
        for (int row = 0; row < values.length; row++) {
            String text = text(row);
            values[row] = text == null ? Double.NaN : NumberReading.of(text, type);
        }
        if (range != null) {
            setRange(range);
        }
    }

    private void setRange(double[] range) {
        low = range[0];
        high = range[1];
        ranged = true;
        bins = places() <= MAX_SINGLES ? Bins.singles((int) places()) : null;
    }

    private boolean isFloating() {
        return type instanceof ColumnType.Floating;
    }

    private double places() {
        return isFloating() ? FLOATING_PLACES : high - low + 1;
    }

    private double step() {
        return isFloating() ? (high - low) / FLOATING_PLACES : 1;
    }

    @Override
    boolean needsRange() {
        return !ranged;
    }

    @Override
    void findRange(NoisyQueries queries, double rho) {
        setRange(RangeSearch.range(queries, values, rho));
    }

    @Override
    int levels() {
        return bins == null ? GridHistogram.levels(places()) : 0;
    }

    @Override
    void findBins(NoisyQueries queries, double rho) {
        double[] known = java.util.Arrays.stream(values).filter(value -> !Double.isNaN(value)).map(this::place).toArray();
        bins = GridHistogram.of(queries, known, places(), rho, "bins of " + name());
    }

    private double place(double value) {
        double place = isFloating() ? StrictMath.floor((value - low) / step()) : value - low;
        return Math.max(0, Math.min(places() - 1, place));
    }

    @Override
    void measure(NoisyQueries queries, double rho, double delta) {
        Bins all = bins == null ? Bins.singles(1) : bins;
        long[] counts = new long[all.size() + 1];
        for (double value : values) {
            counts[Double.isNaN(value) ? all.size() : all.binOf(place(value))]++;
        }
        NoisyCounts noisy = queries.counts(counts, rho);
        int[] groups = groups(noisy, all.size());
        Bins joined = all.joined(noisy.values(), bin -> bin == groups.length - 1 || groups[bin + 1] != groups[bin]);
        finish(noisy, groups, joined.size(), column -> CodedColumn.ofNumbers(column, isFloating() ? 0 : (long) low,
                segments(joined)));
    }

    /** Joins neighbours until their sum stands out. */
    private static int[] groups(NoisyCounts counts, int size) {
        int[] groups = new int[size];
        int group = 0;
        double sum = 0;
        double variance = 0;
        for (int bin = 0; bin < size; bin++) {
            sum += counts.value(bin);
            variance += counts.variance(bin);
            groups[bin] = group;
            boolean clear = sum >= CLEAR * StrictMath.sqrt(variance);
            boolean next = bin + 1 < size && counts.value(bin + 1) >= CLEAR * StrictMath.sqrt(counts.variance(bin + 1));
            if (clear || next) {
                group++;
                sum = 0;
                variance = 0;
            }
        }
        return groups;
    }

    private List<List<CodedColumn.Segment>> segments(Bins joined) {
        List<List<CodedColumn.Segment>> codes = new ArrayList<>();
        for (int bin = 0; bin < joined.size(); bin++) {
            List<CodedColumn.Segment> segments = new ArrayList<>();
            List<Bins.Cell> cells = joined.cells(bin);
            double mass = cells.stream().mapToDouble(cell -> Math.rint(cell.mass())).sum();
            for (Bins.Cell cell : cells) {
                segments.add(segment(cell, mass > 0 ? Math.rint(cell.mass()) : cell.last() - cell.first() + 1));
            }
            codes.add(merged(segments));
        }
        return codes;
    }

    private CodedColumn.Segment segment(Bins.Cell cell, double mass) {
        if (isFloating()) {
            return new CodedColumn.Segment(low + cell.first() * step(), low + (cell.last() + 1) * step(), mass);
        }
        double margin = cell.isSingle() ? 0 : MARGIN;
        return new CodedColumn.Segment(cell.first() - margin, cell.last() + margin, mass);
    }

    /**
     * Joins neighbouring ranges with little mass, which keeps model files small. The first and the last segment say how far a
     * code reaches, so that they stay even without mass.
     */
    private List<CodedColumn.Segment> merged(List<CodedColumn.Segment> segments) {
        double least = segments.stream().mapToDouble(CodedColumn.Segment::mass).sum() / SEGMENTS;
        List<CodedColumn.Segment> kept = new ArrayList<>();
        for (int i = 0; i < segments.size(); i++) {
            CodedColumn.Segment next = segments.get(i);
            CodedColumn.Segment last = kept.isEmpty() ? next : kept.get(kept.size() - 1);
            if (!kept.isEmpty() && isRange(last) && isRange(next) && last.mass() + next.mass() <= least) {
                kept.set(kept.size() - 1, new CodedColumn.Segment(last.low(), next.high(), last.mass() + next.mass()));
            } else if (i == 0 || i == segments.size() - 1 || next.mass() > 0 || isRange(next)) {
                kept.add(next);
            }
        }
        return kept;
    }

    private static boolean isRange(CodedColumn.Segment segment) {
        return segment.low() < segment.high();
    }
}
