package io.freshet.model.privacy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.freshet.model.ColumnDrift;
import io.freshet.model.PartialFit;
import io.freshet.model.tree.CodedColumn;
import io.freshet.model.tree.DependencyTree;
import io.freshet.model.tree.TreeModel;
import io.freshet.table.ColumnType;
import io.freshet.table.TableException;
import io.freshet.table.TableSample;

/**
 * Updates private models with new rows. The codes and the tree of the model stay; noisy counts of the new rows are bought for
 * its columns and pairs, and mixed with those of the model.
 */
public final class PrivateLearning {

    private final RawTable table;
    private final List<CodedColumn> columns;
    private final TreeModel old;

    private PrivateLearning(TreeModel old, RawTable table) {
        this.old = old;
        this.table = table;
        this.columns = DependencyTree.columns(old);
    }

    /**
     * Returns the model of the mixture (1 − weight) · old + weight · new.
     *
     * @param rows read with {@link io.freshet.table.ReadOptions#asTexts}, with the columns of the model in any order
     * @param weight 0 to 1: the influence of the new rows; nothing is spent if it is 0
     * @param options what the update may spend; its declarations are not used
     * @throws TableException if a column is missing
     * @throws PrivacyBudgetException if the fits together would exceed the budget
     */
    public static PartialFit learn(PrivateModel model, TableSample rows, double weight, PrivacyOptions options) {
        PrivateLearning learning = new PrivateLearning(model.trees(), RawTable.of(rows));
        int[] indexes = learning.indexes();
        if (weight == 0) {
            return new PartialFit(model, List.of());
        }
        FitPlan plan = FitPlan.of(options, Optional.of(model.ledger()), 0, () -> 0);
        NoisyQueries queries = new NoisyQueries(new ExactSampler(options.noise()));
        TreeModel updated = learning.mixed(queries, indexes, plan.rho(), weight);
        return new PartialFit(new PrivateModel(updated, plan.ledger(queries.spent())), learning.drift(updated));
    }

    /** Returns for each column of the model the number of the table's column. */
    private int[] indexes() {
        List<String> names = table.names();
        int[] indexes = columns.stream().mapToInt(column -> names.indexOf(column.column().name())).toArray();
        for (int column = 0; column < indexes.length; column++) {
            if (indexes[column] < 0) {
                throw new TableException("the rows have no column " + columns.get(column).column().name());
            }
        }
        return indexes;
    }

    private TreeModel mixed(NoisyQueries queries, int[] indexes, double rho, double weight) {
        List<short[]> codes = new ArrayList<>();
        int[] sizes = new int[indexes.length];
        for (int column = 0; column < sizes.length; column++) {
            boolean mayMiss = columns.get(column).column().nullable();
            codes.add(ColumnFit.encoded(columns.get(column), mayMiss, table, indexes[column]));
            sizes[column] = columns.get(column).size() + (mayMiss ? 1 : 0);
        }
        BeliefTree tree = new BeliefTree(DependencyTree.order(old), DependencyTree.parents(old), sizes);
        return mixed(measured(queries, new CodedRows(codes, sizes), tree, sizes, rho), weight);
    }

    /** Buys the counts of the new rows, half of the budget for columns and half for pairs, as a model of its own. */
    private TreeModel measured(NoisyQueries queries, CodedRows rows, BeliefTree tree, int[] sizes, double rho) {
        double part = tree.edges() == 0 ? rho : rho / 2;
        List<NoisyCounts> nodes = new ArrayList<>();
        List<NoisyCounts> edges = new ArrayList<>();
        double sum = 0;
        double weights = 0;
        for (int column = 0; column < sizes.length; column++) {
            NoisyCounts counts = queries.counts(rows.counts(column), part / sizes.length);
            nodes.add(counts);
            sum += counts.sum() / counts.sumVariance();
            weights += 1 / counts.sumVariance();
        }
        double total = Math.max(1, sum / weights);
        for (int column : tree.order()) {
            if (tree.parent(column) >= 0) {
                edges.add(queries.counts(rows.counts(tree.parent(column), column), part / tree.edges()));
            }
        }
        queries.recordCounts("counts of columns of new rows", sizes.length, part / sizes.length);
        queries.recordCounts("counts of pairs of columns of new rows", edges.size(), part / Math.max(1, tree.edges()));
        List<NoisyCounts> scaled = nodes.stream().map(node -> node.scaledTo(total)).toList();
        return PrivateFitter.build(columns, tree, TreeEstimate.of(total, scaled,
                edges.stream().map(edge -> edge.scaledTo(total)).toList(), tree), sizes, Math.round(total));
    }

    private TreeModel mixed(TreeModel fresh, double weight) {
        List<double[]> before = DependencyTree.counts(old);
        List<double[]> after = DependencyTree.counts(fresh);
        long rows = old.fittedRows() + fresh.fittedRows();
        List<double[]> mixed = new ArrayList<>();
        for (int column = 0; column < before.size(); column++) {
            double[] a = before.get(column);
            double[] b = after.get(column);
            double ofOld = (1 - weight) * rows / Arrays.stream(a).sum();
            double ofNew = weight * rows / Arrays.stream(b).sum();
            double[] sum = new double[a.length];
            for (int i = 0; i < sum.length; i++) {
                sum[i] = ofOld * a[i] + ofNew * b[i];
            }
            mixed.add(sum);
        }
        return DependencyTree.of(columns, DependencyTree.order(old), DependencyTree.parents(old), mixed, rows);
    }

    /** Computes the drift from what was bought, so that it costs nothing. */
    private List<ColumnDrift> drift(TreeModel updated) {
        List<double[]> before = DependencyTree.counts(old);
        List<double[]> after = DependencyTree.counts(updated);
        List<ColumnDrift> drift = new ArrayList<>();
        for (int column = 0; column < before.size(); column++) {
            int codes = columns.get(column).size() + 1;
            drift.add(drift(columns.get(column), shares(before.get(column), codes), shares(after.get(column), codes)));
        }
        return drift;
    }

    private static double[] shares(double[] counts, int codes) {
        double[] shares = new double[codes];
        double sum = Arrays.stream(counts).sum();
        for (int i = 0; i < counts.length; i++) {
            shares[i % codes] += counts[i] / sum;
        }
        return shares;
    }

    private static ColumnDrift drift(CodedColumn column, double[] before, double[] after) {
        int missing = column.size();
        boolean names = column.column().type() instanceof ColumnType.Categorical
                || column.column().type() instanceof ColumnType.Bool;
        double variation = 0;
        double cumulative = 0;
        double largest = 0;
        for (int code = 0; code < missing; code++) {
            double difference = after[code] / (1 - after[missing] + Double.MIN_NORMAL)
                    - before[code] / (1 - before[missing] + Double.MIN_NORMAL);
            variation += Math.abs(difference) / 2;
            cumulative += difference;
            largest = Math.max(largest, Math.abs(cumulative));
        }
        return new ColumnDrift(column.column().name(), names ? "total_variation" : "kolmogorov_smirnov",
                names ? variation : largest, after[missing] - before[missing]);
    }
}
