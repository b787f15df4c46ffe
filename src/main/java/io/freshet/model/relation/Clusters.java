package io.freshet.model.relation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Finds numbers that form clusters with wide gaps between them, such as the latitudes of a few towns, and uses the clusters as
 * keys.
 */
final class Clusters {

    private static final int MAX_CLUSTERS = 64;
    private static final int MIN_ROWS = 20;
    /** A gap counts as wide if it is at least this fraction of the width of the clusters on either side. */
    private static final double WIDE = .5;
    private static final int MIN_DISTINCT = 100;

    private Clusters() {
    }

    static Optional<KeyColumn> of(TableColumns table, int column) {
        double[] sorted = table.sorted(column);
        long steps = IntStream.range(1, sorted.length).filter(i -> sorted[i] != sorted[i - 1]).limit(MIN_DISTINCT - 1L).count();
        if (steps < MIN_DISTINCT - 1) {
            return Optional.empty();
        }
        List<Integer> cuts = widest(sorted);
        List<Double> bounds = new ArrayList<>();
        // try as many of the widest gaps as possible, as long as they stand out against the clusters between them
        for (int count = Math.min(cuts.size(), MAX_CLUSTERS - 1); count >= 1 && bounds.isEmpty(); count--) {
            List<Integer> chosen = cuts.subList(0, count).stream().sorted().toList();
            if (areWide(sorted, chosen)) {
                chosen.forEach(cut -> bounds
                        .add((sorted[cut - 1] + sorted[cut]) / 2 * NumberColumn.unit(table.schema().column(column))));
            }
        }
        return bounds.isEmpty() ? Optional.empty() : Optional.of(KeyColumn.of(table, new Keys.Ranges(column, bounds)));
    }

    /** Returns the upper ends of the widest gaps, the widest first. */
    private static List<Integer> widest(double[] sorted) {
        double[] gaps = IntStream.range(1, sorted.length).mapToDouble(i -> sorted[i] - sorted[i - 1]).sorted().toArray();
        double least = gaps[Math.max(0, gaps.length - MAX_CLUSTERS)];
        return IntStream.range(1, sorted.length).filter(i -> sorted[i] - sorted[i - 1] >= least).boxed()
                .sorted(Comparator.comparingDouble(i -> sorted[i - 1] - sorted[i])).limit(MAX_CLUSTERS).toList();
    }

    private static boolean areWide(double[] sorted, List<Integer> cuts) {
        int from = 0;
        for (int i = 0; i <= cuts.size(); i++) {
            int to = i < cuts.size() ? cuts.get(i) : sorted.length;
            double width = sorted[to - 1] - sorted[from];
            double gap = Math.max(from == 0 ? 0 : sorted[from] - sorted[from - 1],
                    to == sorted.length ? 0 : sorted[to] - sorted[to - 1]);
            double min = Math.min(from == 0 ? Double.MAX_VALUE : sorted[from] - sorted[from - 1],
                    to == sorted.length ? Double.MAX_VALUE : sorted[to] - sorted[to - 1]);
            if (to - from < MIN_ROWS || min < WIDE * width || gap == 0) {
                return false;
            }
            from = to;
        }
        return true;
    }
}
