package io.freshet.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import io.freshet.stats.NormalScores;

/**
 * While a model is fitted: the values of a column among the rows that share a value of its parent. Parent's values that few
 * rows have share a group.
 */
final class ParentGroups {

    /** A value of the parent needs as many rows for a group of its own. */
    static final int FEWEST_ROWS = 5;
    private static final int REST = 0;

    private final FittedColumn child;
    private final FittedColumn parent;
    /** By rank of the parent's value; behind the last: where it has none. */
    private final int[] groupOf;
    /** By group: the ranks of the child's values that occur there, ascending. */
    private final List<int[]> ranks = new ArrayList<>();
    private final List<double[]> masses = new ArrayList<>();
    private final double[] shares;

    ParentGroups(FittedColumn child, FittedColumn parent) {
        this.child = child;
        this.parent = parent;
        int[] rows = new int[parent.size() + 1];
        for (int row = 0; row < child.rows(); row++) {
            rows[level(row)] += child.rank(row) >= 0 ? 1 : 0;
        }
        groupOf = new int[rows.length];
        int groups = 1;
        for (int level = 0; level < rows.length; level++) {
            groupOf[level] = rows[level] >= FEWEST_ROWS ? groups++ : REST;
        }
        shares = new double[groups];
        count(groups);
    }

    /** The rank of the parent's value, or one more than the greatest. */
    private int level(int row) {
        int rank = parent.rank(row);
        return rank < 0 ? parent.size() : rank;
    }

    private void count(int groups) {
        int[] order = IntStream.range(0, child.rows()).filter(row -> child.rank(row) >= 0).boxed()
                .sorted(Comparator.<Integer> comparingInt(row -> groupOf[level(row)]).thenComparingInt(child::rank))
                .mapToInt(Integer::intValue).toArray();
        int at = 0;
        for (int group = 0; group < groups; group++) {
            int begin = at;
            while (at < order.length && groupOf[level(order[at])] == group) {
                at++;
            }
            int[] found = IntStream.range(begin, at).map(i -> child.rank(order[i])).toArray();
            int[] distinct = IntStream.of(found).distinct().toArray();
            double[] counts = new double[distinct.length];
            int rank = 0;
            for (int value : found) {
                rank += value == distinct[rank] ? 0 : 1;
                counts[rank]++;
            }
            shares[group] = found.length / (double) Math.max(1, order.length);
            boolean none = distinct.length == 0;
            ranks.add(none ? IntStream.range(0, child.size()).toArray() : distinct);
            masses.add(none ? IntStream.range(0, child.size()).mapToDouble(child::mass).toArray() : counts);
        }
    }

    /** Whether the parent's value leaves any choice. */
    boolean isLatent() {
        return ranks.stream().anyMatch(values -> values.length > 1);
    }

    /** What is known of a score whatever the group. */
    NormalScores meanScores() {
        return NormalScores.mean(shares, masses.stream().map(NormalScores::of).toList());
    }

    /**
     * By row: the score of its value in its group; not a number where it has none.
     *
     * @param places by half of the rows, even and odd: by rank, the place of a value in the order that is scored
     */
    double[] scores(int[][] places) {
        List<double[]> even = scoresOfGroups(places[0]);
        List<double[]> odd = scoresOfGroups(places[1]);
        double[] scores = new double[child.rows()];
        for (int row = 0; row < scores.length; row++) {
            int rank = child.rank(row);
            int group = groupOf[level(row)];
            scores[row] = rank < 0 ? Double.NaN
                    : ((row & 1) == 0 ? even : odd).get(group)[Arrays.binarySearch(ranks.get(group), rank)];
        }
        return scores;
    }

    private List<double[]> scoresOfGroups(int[] places) {
        List<double[]> all = new ArrayList<>();
        for (int group = 0; group < shares.length; group++) {
            int[] values = ranks.get(group);
            double[] mass = masses.get(group);
            int[] order = IntStream.range(0, values.length).boxed()
                    .sorted(Comparator.<Integer> comparingInt(i -> places[values[i]])).mapToInt(Integer::intValue).toArray();
            NormalScores scores = NormalScores.of(IntStream.of(order).mapToDouble(i -> mass[i]).toArray());
            double[] byValue = new double[values.length];
            for (int place = 0; place < order.length; place++) {
                byValue[order[place]] = scores.score(place);
            }
            all.add(byValue);
        }
        return all;
    }

    DependentSteps values(StepValues overall) {
        List<StepValues> groups = new ArrayList<>();
        for (int group = 0; group < shares.length; group++) {
            groups.add(new StepValues(overall.dictionary(), StepMarginal.of(masses.get(group)),
                    IntStream.of(ranks.get(group)).map(child::code).toArray()));
        }
        int[] byCode = new int[parent.entries() + 1];
        for (int rank = 0; rank < parent.size(); rank++) {
            byCode[parent.code(rank)] = groupOf[rank];
        }
        byCode[parent.entries()] = groupOf[parent.size()];
        return new DependentSteps(overall, parent.index(), byCode, groups);
    }
}
