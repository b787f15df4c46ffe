package io.freshet.model.privacy;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds bins for a column with more places than codes: a histogram over a grid that does not depend on the data, whose heavy
 * cells are divided further, level by level, down to single places. Each level is one set of counts of disjoint cells.
 */
final class GridHistogram {

    /** How many cells a heavy cell is divided into. */
    private static final int PARTS = 64;
    private static final int MAX_LEVELS = 5;
    /** A cell with more than one row in this many is heavy. */
    private static final double HEAVY = 1.0 / 64;
    /** About the number of bins. */
    private static final int BINS = 40;
    /** A heavy cell and a bin outweigh the noise by this factor. */
    private static final double CLEAR = 5;

    private final NoisyQueries queries;
    private final double[] places;
    private final double rho;
    private final List<Bins.Cell> cells = new ArrayList<>();
    private double deviation;

    /**
     * @param places of the rows that are not missing, each from 0 to {@code size} − 1
     * @param rho of each level
     */
    private GridHistogram(NoisyQueries queries, double[] places, double rho) {
        this.queries = queries;
        this.places = places;
        this.rho = rho;
    }

    /** Returns how many levels there are at most. */
    static int levels(double size) {
        int levels = 1;
        for (double width = size / PARTS; width > 1 && levels < MAX_LEVELS; width /= PARTS) {
            levels++;
        }
        return levels;
    }

    /** @param purpose what the ledger says that the counts are for */
    static Bins of(NoisyQueries queries, double[] places, double size, double rho, String purpose) {
        GridHistogram histogram = new GridHistogram(queries, places, rho);
        return histogram.bins(size, purpose);
    }

    private Bins bins(double size, String purpose) {
        cells.add(new Bins.Cell(0, size - 1, 0));
        double total = 0;
        int used = 0;
        for (int level = 0; level < levels(size); level++) {
            double heavy = level == 0 ? -1 : Math.max(CLEAR * deviation, HEAVY * total);
            if (cells.stream().noneMatch(cell -> isDivided(cell, heavy))) {
                break;
            }
            divide(heavy);
            used++;
            total = level == 0 ? cells.stream().mapToDouble(Bins.Cell::mass).sum() : total;
        }
        queries.recordCounts(purpose, used, rho);
        return grouped(Math.max(total / BINS, CLEAR * deviation), HEAVY * total);
    }

    private static boolean isDivided(Bins.Cell cell, double heavy) {
        return !cell.isSingle() && cell.mass() > heavy;
    }

    private void divide(double heavy) {
        List<Bins.Cell> parts = new ArrayList<>();
        List<Integer> fresh = new ArrayList<>();
        for (Bins.Cell cell : cells) {
            if (!isDivided(cell, heavy)) {
                parts.add(cell);
                continue;
            }
            double width = StrictMath.ceil((cell.last() - cell.first() + 1) / PARTS);
            for (double first = cell.first(); first <= cell.last(); first += width) {
                fresh.add(parts.size());
                parts.add(new Bins.Cell(first, Math.min(first + width - 1, cell.last()), 0));
            }
        }
        Bins all = Bins.of(parts.stream().map(List::of).toList());
        long[] counts = new long[parts.size()];
        for (double place : places) {
            counts[all.binOf(place)]++;
        }
        NoisyCounts noisy = queries.counts(fresh.stream().mapToLong(part -> counts[part]).toArray(), rho);
        for (int i = 0; i < fresh.size(); i++) {
            Bins.Cell cell = parts.get(fresh.get(i));
            parts.set(fresh.get(i), new Bins.Cell(cell.first(), cell.last(), Math.max(0, noisy.value(i))));
        }
        deviation = noisy.deviation();
        cells.clear();
        cells.addAll(parts);
    }

    /** Groups light cells into bins; a heavy single number has a bin of its own. */
    private Bins grouped(double least, double heavy) {
        List<List<Bins.Cell>> bins = new ArrayList<>();
        List<Bins.Cell> open = new ArrayList<>();
        double mass = 0;
        for (Bins.Cell cell : cells) {
            boolean alone = cell.isSingle() && cell.mass() > Math.max(heavy, CLEAR * deviation);
            if (!open.isEmpty() && (alone || mass >= least)) {
                bins.add(List.copyOf(open));
                open.clear();
                mass = 0;
            }
            open.add(cell);
            mass += cell.mass();
            if (alone) {
                bins.add(List.copyOf(open));
                open.clear();
                mass = 0;
            }
        }
        if (!open.isEmpty()) {
            bins.add(List.copyOf(open));
        }
        return Bins.of(bins);
    }
}
