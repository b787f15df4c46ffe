package io.freshet.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Gradient-boosted regression trees over histograms (J. H. Friedman, <i>Greedy function approximation</i>, Annals of Statistics
 * 29, 2001, <a href="https://doi.org/10.1214/aos/1013203451">doi:10.1214/aos/1013203451</a>), grown leaf by leaf, the one that
 * gains most first: up to 31 leaves of at least 20 rows, learning rate .1. Deterministic; immutable once it is fitted.
 */
public final class BoostedTrees {

    private static final int MAX_LEAVES = 31;
    private static final int MIN_ROWS = 20;
    private static final double RATE = .1;

    private final BinnedColumns table;
    private final double base;
    private final List<BoostedTree> trees = new ArrayList<>();
    private final double[] gains;

    private BoostedTrees(BinnedColumns table, double base) {
        this.table = table;
        this.base = base;
        this.gains = new double[table.columns()];
    }

    /**
     * Fits a classifier of two classes by the logistic loss.
     *
     * @param rows those to learn from
     * @param second by row of the table: whether it is of the second class
     * @param rounds the number of trees
     */
    public static BoostedTrees classifier(BinnedColumns table, int[] rows, boolean[] second, int rounds) {
        double ones = Arrays.stream(rows).filter(row -> second[row]).count();
        double share = Math.min(Math.max(ones / Math.max(1, rows.length), 1e-6), 1 - 1e-6);
        double[] target = new double[table.rows()];
        for (int row : rows) {
            target[row] = second[row] ? 1 : 0;
        }
        return new BoostedTrees(table, StrictMath.log(share / (1 - share))).fit(rows, target, true, rounds);
    }

    /**
     * Fits a regression by the squared loss.
     *
     * @param rows those to learn from
     * @param target by row of the table
     * @param rounds the number of trees
     */
    public static BoostedTrees regression(BinnedColumns table, int[] rows, double[] target, int rounds) {
        return new BoostedTrees(table, Arrays.stream(rows).mapToDouble(row -> target[row]).average().orElse(0)).fit(rows,
                target,
                false, rounds);
    }

    private BoostedTrees fit(int[] rows, double[] target, boolean logistic, int rounds) {
        double[] raw = new double[table.rows()];
        Arrays.fill(raw, base);
        double[] gradient = new double[table.rows()];
        double[] second = new double[table.rows()];
        LeafGrower grower = new LeafGrower(table, MAX_LEAVES, MIN_ROWS);
        for (int round = 0; round < rounds; round++) {
            for (int row : rows) {
                double expected = logistic ? 1 / (1 + StrictMath.exp(-raw[row])) : raw[row];
                gradient[row] = target[row] - expected;
                second[row] = logistic ? expected * (1 - expected) : 1;
            }
            BoostedTree tree = grower.grow(rows, gradient, second, RATE, gains);
            if (tree.isLeaf()) {
                break;
            }
            trees.add(tree);
            for (int row : rows) {
                raw[row] += tree.value(table, row);
            }
        }
        return this;
    }

    /** Returns the prediction for a row of the table: of a classifier, the logarithm of the odds of the second class. */
    public double predict(int row) {
        double sum = base;
        for (BoostedTree tree : trees) {
            sum += tree.value(table, row);
        }
        return sum;
    }

    /** Returns the gain of all splits on each column: how much the trees use it. */
    public double[] gains() {
        return gains.clone();
    }
}
