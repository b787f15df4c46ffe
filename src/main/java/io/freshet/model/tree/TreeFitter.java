package io.freshet.model.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.freshet.table.TableException;
import io.freshet.table.TableSample;
import io.freshet.thread.SharedWork;
import io.freshet.thread.ThreadKind;

/**
 * Fits {@link TreeModel}s. The structure is learned from a sample of rows, chosen by their content; the distributions in the
 * leaves from all rows. The order of the rows does not matter.
 */
public final class TreeFitter {

    /** Tables with more columns are too wide for trees. */
    public static final int MAX_COLUMNS = 1_000;
    private static final int MAX_PREDICTING_COLUMNS = 48;
    private static final int MAX_SAMPLED = 100_000;
    private static final double MAX_CELLS = 3e7;
    /** The limit for leaves times codes of a column. */
    private static final int MAX_LAW_CELLS = 1 << 21;
    private static final long SEED = 0x7ee5L;

    private TreeFitter() {
    }

    /**
     * Fits a model to a table with default options.
     *
     * @throws TableException if the table has more than {@link #MAX_COLUMNS} columns
     */
    public static TreeModel fit(TableSample sample) {
        return fit(sample, TreeOptions.defaults());
    }

    /**
     * Fits a model to a table with the target of another model of the same columns.
     *
     * @throws TableException if the table has more than {@link #MAX_COLUMNS} columns
     */
    public static TreeModel fit(TableSample sample, TreeModel other) {
        return fit(sample, TreeOptions.defaults().withTarget(other.target()));
    }

    /**
     * Fits a model to a table.
     *
     * @throws TableException if the table has more than {@link #MAX_COLUMNS} columns
     */
    public static TreeModel fit(TableSample sample, TreeOptions options) {
        int size = sample.schema().size();
        if (size > MAX_COLUMNS) {
            throw new TableException("the method trees supports at most " + MAX_COLUMNS + " columns, not " + size);
        }
        CodesFitter codes = new CodesFitter(sample, options);
        List<ColumnCodes> columns = SharedWork.all(ThreadKind.FIT, size, codes::fit);
        CodedTable table = CodedTable.of(columns, sample.rows(), IntStream.range(0, size).toArray());
        return new TreeModel(columns, trees(table, options), options.shrinkage(), options.target(), sample.totalRows());
    }

    private static List<ColumnTree> trees(CodedTable table, TreeOptions options) {
        int size = table.columns().size();
        ColumnOrder order = ColumnOrder.of(table, SEED);
        int[] sequence = order.order(options.target());
        Shrinkage shrinkage = Shrinkage.of(options.shrinkage(), table.predictors(), options.target());
        int max = (int) Math.max(2_000, Math.min(MAX_SAMPLED, MAX_CELLS / Math.max(1, size)));
        CodedTable sampled = table.rows(table.sample(max, SEED));
        TreeGrower grower = new TreeGrower(sampled);
        List<ColumnTree> trees = new ArrayList<>();
        try (SharedWork<Tree> grown = SharedWork.of(ThreadKind.FIT, size, at -> {
            int column = sequence[at];
            List<Integer> before = IntStream.of(sequence).limit(at).boxed().toList();
            return grower.grow(column, table.predictorsOf(predicting(order, column, before, options.target())),
                    shrinkage.exempt(),
                    Math.max(options.leafRows(),
                            (int) ((long) sampled.rows() * table.columns().get(column).size() / MAX_LAW_CELLS)));
        })) {
            SimulatedRows simulated = SimulatedRows.of(table);
            for (int at = 0; at < size; at++) {
                int column = sequence[at];
                Tree tree = grown.get(at);
                trees.add(new ColumnTree(column, tree,
                        simulated.draw(column, tree, counts(table, column, tree), shrinkage)));
            }
        }
        return trees;
    }

    private static List<Integer> predicting(ColumnOrder order, int column, List<Integer> before, int target) {
        List<Integer> best = order.best(column, before, MAX_PREDICTING_COLUMNS);
        return best.contains(target) || !before.contains(target) ? best
                : Stream.concat(Stream.of(target), best.stream()).limit(MAX_PREDICTING_COLUMNS).toList();
    }

    /** Returns the number of rows by leaf and code. */
    private static double[] counts(CodedTable table, int column, Tree tree) {
        int codes = table.columns().get(column).size();
        double[] counts = new double[tree.leaves() * codes];
        short[] values = table.codes(column);
        int[] leaves = tree.leaves(table.values(), table.rows());
        boolean known = false;
        for (int row = 0; row < table.rows(); row++) {
            if (values[row] >= 0) {
                counts[leaves[row] * codes + values[row]]++;
                known = true;
            }
        }
        // if the sampled rows have none of the kept names, count the most frequent name once
        counts[0] += known ? 0 : 1;
        return counts;
    }
}
