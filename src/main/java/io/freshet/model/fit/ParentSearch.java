package io.freshet.model.fit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.freshet.model.copula.CopulaStratum;
import io.freshet.stats.Normal;
import io.freshet.stats.NormalScores;

/**
 * Finds columns whose values are determined better by the value of one other column than by the copula: a state by its airport,
 * a model by its airline. A pair qualifies if a table of shares, counted on one half of some rows, gives the values in the
 * other half a higher likelihood than the copula does. Greedy, the best pair first; the pairs form a forest.
 */
final class ParentSearch {

    private static final int MAX_ROWS = 40_000;
    private static final int FEWEST_ROWS = 200;
    private static final int MAX_VALUES = 4_000;
    /** With fewer values, strata work better. Numbers do not qualify, because they have a natural order. */
    private static final int MIN_VALUES = 9;
    private static final int MAX_COLUMNS = 64;
    private static final int MAX_DEPTH = 2;
    private static final double MIN_GAIN = .15;
    /** The smoothing of each likelihood, so that chance does not make it zero. */
    private static final double SMOOTHING = 1;
    private static final double FLOOR = .005;

    private final List<FittedColumn> columns;
    private final CopulaStratum copula;
    private final int rows;

    /** @param copula the copula of the columns in their order */
    ParentSearch(List<FittedColumn> columns, CopulaStratum copula) {
        this.columns = columns;
        this.copula = copula;
        this.rows = Math.min(columns.get(0).rows(), MAX_ROWS);
    }

    /** @param gain the gain of the one as the parent of the other, and of the reverse */
    private record Pair(FittedColumn one, FittedColumn other, double gain, double reverse) {

        double best() {
            return Math.max(gain, reverse);
        }

        boolean has(FittedColumn column) {
            return one == column || other == column;
        }

        FittedColumn across(FittedColumn column) {
            return one == column ? other : one;
        }

        double gainFrom(FittedColumn parent) {
            return one == parent ? gain : reverse;
        }
    }

    /**
     * Assigns parents to columns.
     *
     * @return false if there are none
     */
    boolean find() {
        if (rows < FEWEST_ROWS || columns.size() > MAX_COLUMNS || copula.latent().dependent() < copula.latent().size()) {
            return false;
        }
        List<Pair> forest = forest(pairs());
        Set<FittedColumn> placed = new HashSet<>();
        for (FittedColumn column : columns) {
            if (!placed.contains(column)) {
                placed.addAll(arrange(column, forest));
            }
        }
        return !forest.isEmpty();
    }

    private List<Pair> pairs() {
        List<FittedColumn> eligible = columns.stream().filter(ParentSearch::isEligible).toList();
        List<Pair> pairs = new ArrayList<>();
        for (int a = 0; a < eligible.size(); a++) {
            for (int b = 0; b < a; b++) {
                FittedColumn one = eligible.get(a);
                FittedColumn other = eligible.get(b);
                if (hasManyNames(one) || hasManyNames(other)) {
                    pairs.add(new Pair(one, other, gain(other, one), gain(one, other)));
                }
            }
        }
        return pairs.stream().filter(pair -> pair.best() >= MIN_GAIN)
                .sorted(Comparator.comparingDouble(Pair::best).reversed()).toList();
    }

    /** Returns the pairs with the greatest total gain, without a cycle. */
    private List<Pair> forest(List<Pair> pairs) {
        List<Pair> forest = new ArrayList<>();
        for (Pair pair : pairs) {
            if (!component(pair.one, forest).contains(pair.other)) {
                forest.add(pair);
            }
        }
        return forest;
    }

    private static Set<FittedColumn> component(FittedColumn column, List<Pair> forest) {
        Set<FittedColumn> found = new LinkedHashSet<>(List.of(column));
        List<FittedColumn> next = new ArrayList<>(found);
        while (!next.isEmpty()) {
            FittedColumn from = next.remove(next.size() - 1);
            for (Pair pair : forest) {
                if (pair.has(from) && found.add(pair.across(from))) {
                    next.add(pair.across(from));
                }
            }
        }
        return found;
    }

    /**
     * Selects the root of a tree with the greatest total gain of its pairs. A tree that is too deep from every root loses its
     * weakest pair.
     */
    private Set<FittedColumn> arrange(FittedColumn column, List<Pair> forest) {
        while (true) {
            Set<FittedColumn> tree = component(column, forest);
            FittedColumn root = column;
            double best = Double.NEGATIVE_INFINITY;
            for (FittedColumn candidate : tree) {
                double gain = gain(candidate, null, forest, 0);
                if (gain > best) {
                    best = gain;
                    root = candidate;
                }
            }
            if (best > Double.NEGATIVE_INFINITY) {
                depend(root, null, forest);
                return tree;
            }
            forest.remove(forest.stream().filter(pair -> tree.contains(pair.one))
                    .min(Comparator.comparingDouble(Pair::best)).orElseThrow());
        }
    }

    private static double gain(FittedColumn parent, @Nullable FittedColumn above, List<Pair> forest, int depth) {
        double sum = depth > MAX_DEPTH ? Double.NEGATIVE_INFINITY : 0;
        for (Pair pair : forest) {
            if (pair.has(parent) && pair.across(parent) != above) {
                sum += pair.gainFrom(parent) + gain(pair.across(parent), parent, forest, depth + 1);
            }
        }
        return sum;
    }

    private static void depend(FittedColumn parent, @Nullable FittedColumn above, List<Pair> forest) {
        for (Pair pair : forest) {
            if (pair.has(parent) && pair.across(parent) != above) {
                pair.across(parent).dependOn(parent);
                depend(pair.across(parent), parent, forest);
            }
        }
    }

    private static boolean isEligible(FittedColumn column) {
        return column.isText() && column.size() > 1 && column.size() <= MAX_VALUES;
    }

    private static boolean hasManyNames(FittedColumn column) {
        return column.isNominal() && column.size() >= MIN_VALUES;
    }

    /** Returns the gain in mean log-likelihood, on rows that were not counted. */
    private double gain(FittedColumn child, FittedColumn parent) {
        int entries = child.size();
        int levels = parent.size() + 1;
        double[] given = new double[levels];
        Map<Long, Integer> counts = new HashMap<>();
        double total = 0;
        for (int row = 0; row < rows; row += 2) {
            if (child.rank(row) >= 0) {
                int level = level(parent, row);
                given[level]++;
                total++;
                counts.merge((long) level * entries + child.rank(row), 1, Integer::sum);
            }
        }
        double[] shares = shares(child);
        double[] gaussian = new CopulaLikelihood(child, parent).byRow(shares);
        double sum = 0;
        int tested = 0;
        for (int row = 1; row < rows; row += 2) {
            if (child.rank(row) >= 0) {
                int level = level(parent, row);
                double share = shares[child.rank(row)];
                double counted = counts.getOrDefault((long) level * entries + child.rank(row), 0);
                double table = (counted + SMOOTHING * share) / (given[level] + SMOOTHING);
                sum += Math.log((1 - FLOOR) * table + FLOOR * share) - Math.log((1 - FLOOR) * gaussian[row] + FLOOR * share);
                tested++;
            }
        }
        return tested == 0 || total == 0 ? 0 : sum / tested;
    }

    private static int level(FittedColumn parent, int row) {
        return parent.rank(row) < 0 ? parent.size() : parent.rank(row);
    }

    private static double[] shares(FittedColumn column) {
        double[] shares = new double[column.size()];
        double total = 0;
        for (int rank = 0; rank < shares.length; rank++) {
            shares[rank] = column.mass(rank);
            total += shares[rank];
        }
        for (int rank = 0; rank < shares.length; rank++) {
            shares[rank] /= total;
        }
        return shares;
    }

    /** The likelihood under the copula of the two columns, with the parent's latent number replaced by its mean. */
    private final class CopulaLikelihood {

        private final FittedColumn child;
        private final FittedColumn parent;
        private final double correlation;

        CopulaLikelihood(FittedColumn child, FittedColumn parent) {
            this.child = child;
            this.parent = parent;
            int one = copula.latent().valueDimension()[child.index()];
            int other = copula.latent().valueDimension()[parent.index()];
            this.correlation = copula.correlation()[one][other];
        }

        double[] byRow(double[] shares) {
            double[] thresholds = new double[shares.length + 1];
            thresholds[0] = Double.NEGATIVE_INFINITY;
            double cumulated = 0;
            for (int rank = 0; rank < shares.length; rank++) {
                cumulated += shares[rank];
                thresholds[rank + 1] = rank == shares.length - 1 ? Double.POSITIVE_INFINITY
                        : Normal.inverse(Math.min(cumulated, 1 - 1e-15));
            }
            NormalScores scores = NormalScores.of(shares(parent));
            double spread = Math.sqrt(1 - correlation * correlation);
            double[] likelihood = new double[rows];
            for (int row = 1; row < rows; row += 2) {
                if (child.rank(row) >= 0) {
                    double centre = parent.rank(row) < 0 ? 0 : correlation * scores.score(parent.rank(row));
                    likelihood[row] = Normal.cumulative((thresholds[child.rank(row) + 1] - centre) / spread)
                            - Normal.cumulative((thresholds[child.rank(row)] - centre) / spread);
                }
            }
            return likelihood;
        }
    }
}
