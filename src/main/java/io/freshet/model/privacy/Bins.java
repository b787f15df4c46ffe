package io.freshet.model.privacy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A partition of a range of numbers into bins, each of consecutive cells. A cell is a range of places, from its first to its
 * last, with a mass that was bought. Immutable.
 */
final class Bins {

    /**
     * A range of places.
     *
     * @param first the first place
     * @param last the last place; the first one if the cell is a single number
     * @param mass the noisy number of rows, not negative
     */
    record Cell(double first, double last, double mass) {

        boolean isSingle() {
            return first == last;
        }
    }

    private final List<List<Cell>> bins;

    private Bins(List<List<Cell>> bins) {
        this.bins = bins.stream().map(List::copyOf).toList();
    }

    static Bins of(List<List<Cell>> bins) {
        return new Bins(bins);
    }

    /** Returns a bin for each place. */
    static Bins singles(int places) {
        List<List<Cell>> bins = new ArrayList<>();
        for (int place = 0; place < places; place++) {
            bins.add(List.of(new Cell(place, place, 1)));
        }
        return new Bins(bins);
    }

    int size() {
        return bins.size();
    }

    List<Cell> cells(int bin) {
        return bins.get(bin);
    }

    /** Returns the bin of a place; the nearest one if the place is outside. */
    int binOf(double place) {
        int low = 0;
        int high = bins.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) / 2;
            if (bins.get(middle).get(0).first() <= place) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /**
     * Returns these bins with masses in proportion to counts, and with neighbours joined.
     *
     * @param counts of each bin
     * @param endsAt whether a bin is the last of those that are joined
     */
    Bins joined(double[] counts, IntPredicate endsAt) {
        List<List<Cell>> joined = new ArrayList<>();
        List<Cell> open = new ArrayList<>();
        for (int bin = 0; bin < bins.size(); bin++) {
            double before = bins.get(bin).stream().mapToDouble(Cell::mass).sum();
            double factor = before > 0 ? Math.max(counts[bin], 0) / before : 0;
            bins.get(bin).forEach(cell -> open.add(new Cell(cell.first(), cell.last(), cell.mass() * factor)));
            if (endsAt.test(bin)) {
                joined.add(List.copyOf(open));
                open.clear();
            }
        }
        return new Bins(joined);
    }
}
