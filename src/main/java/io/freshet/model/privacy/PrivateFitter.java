package io.freshet.model.privacy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import io.freshet.model.tree.CodedColumn;
import io.freshet.model.tree.DependencyTree;
import io.freshet.model.tree.TreeModel;
import io.freshet.table.ColumnType;
import io.freshet.table.TableException;
import io.freshet.table.TableSample;

/**
 * Fits models with the MST method: noisy counts of each column, a tree of pairs that the exponential mechanism selects, noisy
 * counts of those pairs, and the distribution that agrees best with all of them. A third of the budget goes to each of the
 * first three, after what is not declared about the columns has been bought.
 */
public final class PrivateFitter {

    /** Tables with more columns leave too little of a budget to each. */
    public static final int MAX_COLUMNS = 200;
    /** The part of the budget for types that are not declared. */
    private static final double TYPES = .05;
    /** The part of the budget for ranges that are not declared. */
    private static final double RANGES = .05;
    /** The part of the budget for bins. */
    private static final double BINS = .1;

    private final RawTable table;
    private final FitPlan plan;
    private final NoisyQueries queries;
    private final List<ColumnFit> columns = new ArrayList<>();

    private PrivateFitter(RawTable table, FitPlan plan, NoisyQueries queries) {
        this.table = table;
        this.plan = plan;
        this.queries = queries;
    }

    /**
     * Fits a model.
     *
     * @param sample read with {@link io.freshet.table.ReadOptions#asTexts}
     * @param before the ledger of the model that this one replaces, to which the fit is added
     * @throws TableException if the table does not fit into memory, has too many columns, or differs from what is declared
     * @throws PrivacyBudgetException if the fits together would exceed the budget
     */
    public static PrivateModel fit(TableSample sample, PrivacyOptions options, Optional<PrivacyLedger> before) {
        RawTable table = RawTable.of(sample);
        options.declared().check(table.names());
        if (table.columns().size() > MAX_COLUMNS) {
            throw new TableException("the method mst supports at most " + MAX_COLUMNS + " columns, not "
                    + table.columns().size());
        }
        NoisyQueries queries = new NoisyQueries(new ExactSampler(options.noise()));
        ColumnFits fits = new ColumnFits(table, options.declared());
        long open = IntStream.range(0, table.columns().size()).filter(column -> mayBeOpen(fits, column, options)).count();
        FitPlan plan = FitPlan.of(options, before, (int) open, () -> queries.rows(table.rows(), FitPlan.rowsEpsilon(options)));
        PrivateFitter fitter = new PrivateFitter(table, plan, queries);
        fitter.readColumns(fits);
        TreeModel trees = fitter.trees();
        return new PrivateModel(trees, plan.ledger(queries.spent()));
    }

    private static boolean mayBeOpen(ColumnFits fits, int column, PrivacyOptions options) {
        String name = fits.name(column);
        return fits.declaredType(column).map(type -> type instanceof ColumnType.Categorical).orElse(true)
                && !options.declared().categories().containsKey(name);
    }

    /** Finds out what is not declared about the columns. */
    private void readColumns(ColumnFits fits) {
        int size = table.columns().size();
        List<Optional<ColumnType>> declared = IntStream.range(0, size).mapToObj(fits::declaredType).toList();
        int votes = (int) declared.stream().filter(Optional::isEmpty).count();
        double rho = plan.rho() * TYPES / Math.max(1, votes);
        for (int column = 0; column < size; column++) {
            int index = column;
            columns.add(fits.of(column, declared.get(column).orElseGet(() -> TypeVote.of(queries, table, index, rho))));
        }
        queries.recordCounts("types of columns", votes, rho);
        findRanges();
        findBins();
    }

    private void findRanges() {
        List<ColumnFit> unknown = columns.stream().filter(ColumnFit::needsRange).toList();
        double rho = plan.rho() * RANGES / Math.max(1, unknown.size());
        unknown.forEach(column -> column.findRange(queries, rho));
        queries.recordCounts("ranges of numbers", unknown.size(), rho);
    }

    private void findBins() {
        List<ColumnFit> wide = columns.stream().filter(column -> column.levels() > 0).toList();
        double rho = plan.rho() * BINS / Math.max(1, wide.size());
        wide.forEach(column -> column.findBins(queries, rho / column.levels()));
    }

    private TreeModel trees() {
        double left = plan.rho() - queries.spent().stream().mapToDouble(PrivacySpend::rho).sum();
        double part = columns.size() == 1 ? left : left / 3;
        double each = part / columns.size();
        columns.forEach(column -> column.measure(queries, each, plan.deltaPerName()));
        long open = columns.stream().filter(ColumnFit::isOpen).count();
        queries.recordCounts("counts of columns", columns.size(), each, open * plan.deltaPerName());
        double total = total();
        List<NoisyCounts> nodes = columns.stream()
                .map(column -> column.isOpen() ? column.marginal().scaledTo(total) : column.marginal()).toList();
        int[] sizes = nodes.stream().mapToInt(NoisyCounts::size).toArray();
        CodedRows rows = new CodedRows(columns.stream().map(ColumnFit::encoded).toList(), sizes);
        int[] varying = IntStream.range(0, sizes.length).filter(column -> sizes[column] > 1).toArray();
        List<double[]> single = nodes.stream().map(node -> Simplex.project(node, total)).toList();
        BeliefTree tree = BeliefTree.of(TreeSelection.of(queries, rows, single, varying, part), sizes);
        List<NoisyCounts> edges = edges(tree, rows, part, total);
        queries.recordCounts("counts of pairs of columns", edges.size(), part / Math.max(1, edges.size()));
        return build(columns.stream().map(ColumnFit::codes).toList(), tree,
                TreeEstimate.of(total, nodes, edges, tree), sizes, Math.round(total));
    }

    /** Returns the number of rows that the noisy counts agree on best; at least 1. */
    private double total() {
        double sum = 0;
        double weights = 0;
        for (ColumnFit column : columns) {
            if (!column.isOpen() || columns.stream().allMatch(ColumnFit::isOpen)) {
                sum += column.marginal().sum() / column.marginal().sumVariance();
                weights += 1 / column.marginal().sumVariance();
            }
        }
        return Math.max(1, sum / weights);
    }

    private List<NoisyCounts> edges(BeliefTree tree, CodedRows rows, double rho, double total) {
        List<NoisyCounts> edges = new ArrayList<>();
        for (int column : tree.order()) {
            int parent = tree.parent(column);
            if (parent >= 0) {
                NoisyCounts counts = queries.counts(rows.counts(parent, column), rho / tree.edges());
                boolean open = columns.get(column).isOpen() || columns.get(parent).isOpen();
                edges.add(open ? counts.scaledTo(total) : counts);
            }
        }
        return edges;
    }

    /** @param estimate the counts of each column, then those of each edge */
    static TreeModel build(List<CodedColumn> columns, BeliefTree tree, List<double[]> estimate, int[] sizes, long rows) {
        List<double[]> counts = new ArrayList<>();
        for (int column = 0; column < sizes.length; column++) {
            int parent = tree.parent(column);
            double[] own = estimate.get(parent < 0 ? column : sizes.length + tree.edge(column));
            int all = columns.get(column).size() + 1;
            double[] wide = new double[(parent < 0 ? 1 : columns.get(parent).size() + 1) * all];
            for (int at = 0; at < own.length; at++) {
                wide[at / sizes[column] * all + at % sizes[column]] = rounded(own[at]);
            }
            counts.add(wide);
        }
        return DependencyTree.of(columns, tree.order(), tree.parents(), counts, rows);
    }

    /** Keeps model files small. */
    private static double rounded(double count) {
        return Math.rint(count * 64) / 64;
    }
}
