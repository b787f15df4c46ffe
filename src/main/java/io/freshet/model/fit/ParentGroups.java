package io.freshet.model.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import io.freshet.model.marginal.DependentSteps;
import io.freshet.model.marginal.StepMarginal;
import io.freshet.model.marginal.StepValues;
import io.freshet.stats.NormalScores;

/**
 * Groups the values of a column, while a model is fitted, by the value of its parent. Values of the parent without rows share a
 * group.
 */
public final class ParentGroups {

    /**
     * The minimum number of rows for a group of its own. One is enough, because rare names have been removed; in any other
     * group, a row could have a pair of names that the table does not contain.
     */
    public static final int FEWEST_ROWS = 1;
    private static final int REST = 0;

    private final FittedColumn child;
    private final FittedColumn parent;
    /** The group of each rank of the parent's value and, last, of a missing one. */
    private final int[] groupOf;
    /** The ranks of the child's values that occur in each group, ascending. */
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

    /** Returns the rank of the parent's value, or the greatest rank plus one if it is missing. */
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

    /** Returns whether the parent's value leaves any choice. */
    boolean isLatent() {
        return ranks.stream().anyMatch(values -> values.length > 1);
    }

    /** Returns what is known about a score regardless of the group. */
    NormalScores meanScores() {
        return NormalScores.mean(shares, masses.stream().map(NormalScores::of).toList());
    }

    /**
     * Returns the score of each row's value in its group; NaN if there is none.
     *
     * @param places by half of the rows, even and odd: the place of each rank in the order that is scored
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
