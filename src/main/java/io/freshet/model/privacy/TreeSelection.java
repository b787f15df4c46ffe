package io.freshet.model.privacy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Selects a tree of pairs of columns by the exponential mechanism, one pair after another as in Kruskal's algorithm. The score
 * of a pair is the distance (L1) of its counts from what the noisy counts of its columns say if they are independent; it
 * changes by at most 1 with a row, because the expected counts are rounded to whole numbers.
 */
final class TreeSelection {

    /** A pair of columns. */
    record Pair(int first, int second) {
    }

    private final NoisyQueries queries;
    private final int[] component;
    private final List<Pair> candidates = new ArrayList<>();
    private final List<Long> scores = new ArrayList<>();

    private TreeSelection(NoisyQueries queries, CodedRows rows, List<double[]> marginals, int[] columns) {
        this.queries = queries;
        this.component = IntStream.range(0, marginals.size()).toArray();
        for (int a = 0; a < columns.length; a++) {
            for (int b = a + 1; b < columns.length; b++) {
                candidates.add(new Pair(columns[a], columns[b]));
                scores.add(score(rows.counts(columns[a], columns[b]), marginals.get(columns[a]), marginals.get(columns[b])));
            }
        }
    }

    /**
     * Selects pairs that connect all columns.
     *
     * @param marginals the estimated counts of each column, all with the same total
     * @param columns those to connect
     * @param rho of the whole selection
     */
    static List<Pair> of(NoisyQueries queries, CodedRows rows, List<double[]> marginals, int[] columns, double rho) {
        int rounds = columns.length - 1;
        if (rounds < 1) {
            return List.of();
        }
        double epsilon = Rational.atMost(StrictMath.sqrt(8 * rho / rounds)).value();
        TreeSelection selection = new TreeSelection(queries, rows, marginals, columns);
        List<Pair> pairs = IntStream.range(0, rounds).mapToObj(round -> selection.next(epsilon)).toList();
        queries.recordChoices("pairs of columns", rounds, epsilon);
        return pairs;
    }

    static long score(long[] counts, double[] first, double[] second) {
        double total = 0;
        for (double count : first) {
            total += count;
        }
        long score = 0;
        for (int a = 0; a < first.length; a++) {
            for (int b = 0; b < second.length; b++) {
                long expected = Math.round(first[a] * second[b] / Math.max(1, total));
                score += Math.abs(counts[a * second.length + b] - expected);
            }
        }
        return score;
    }

    private Pair next(double epsilon) {
        int chosen = queries.choose(scores.stream().mapToLong(Long::longValue).toArray(), epsilon);
        Pair pair = candidates.get(chosen);
        int from = component[pair.second()];
        int to = component[pair.first()];
        for (int column = 0; column < component.length; column++) {
            component[column] = component[column] == from ? to : component[column];
        }
        for (int i = candidates.size() - 1; i >= 0; i--) {
            if (component[candidates.get(i).first()] == component[candidates.get(i).second()]) {
                candidates.remove(i);
                scores.remove(i);
            }
        }
        return pair;
    }
}
