package io.freshet.model.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A {@link TreeModel} in which each column depends on at most one other: a tree with a leaf for each code of that column. It is
 * given by the counts of pairs of codes.
 */
public final class DependencyTree {

    /** Nothing is shrunk: the counts are what the model says. */
    private static final double SHRINKAGE = 1e-9;

    private DependencyTree() {
    }

    /**
     * Builds a model.
     *
     * @param order the numbers of the columns, each after the column it depends on
     * @param parents for each column, the number of the column it depends on; −1 if it depends on none
     * @param counts for each column, its counts by code of its parent (if it has one) and by own code, where both have one more
     *        code for missing values; not negative, not all 0
     * @param rows how many rows the model stands for
     */
    public static TreeModel of(List<CodedColumn> columns, int[] order, int[] parents, List<double[]> counts, long rows) {
        List<ColumnCodes> codes = columns.stream().map(CodedColumn::codes).toList();
        List<Predictor> predictors = Predictor.of(codes);
        List<ColumnTree> trees = new ArrayList<>();
        for (int column : order) {
            int parent = parents[column];
            Tree tree = parent < 0 ? Tree.leaf() : tree(predictors, parent, codes.get(parent).size());
            trees.add(new ColumnTree(column, tree,
                    LeafLaws.of(tree, codes.get(column).size(), counts.get(column), Shrinkage.of(SHRINKAGE))));
        }
        return new TreeModel(codes, trees, SHRINKAGE, TreeOptions.NO_TARGET, rows);
    }

    private static Tree tree(List<Predictor> predictors, int parent, int codes) {
        int predictor = IntStream.range(0, predictors.size())
                .filter(p -> predictors.get(p).column() == parent && predictors.get(p).part().isEmpty()).findFirst()
                .orElseThrow();
        TreeBuilder builder = new TreeBuilder(new int[] { predictor });
        split(builder, 0, 0, codes, codes);
        return builder.build();
    }

    /** Splits a node into halves until each code from {@code from} to {@code to} − 1 has a leaf. */
    private static void split(TreeBuilder builder, int node, int from, int to, int codes) {
        if (to - from < 2) {
            return;
        }
        int middle = (from + to) / 2;
        long[] right = new long[codes + 63 >>> 6];
        for (int code = middle; code < codes; code++) {
            right[code >>> 6] |= 1L << code;
        }
        int left = builder.split(node, 0, right);
        split(builder, left, from, middle, codes);
        split(builder, left + 1, middle, to, codes);
    }

    /** Returns the columns of a model. */
    public static List<CodedColumn> columns(TreeModel model) {
        return model.columns().stream().map(CodedColumn::new).toList();
    }

    /** Returns the columns of a model in the order in which they are drawn. */
    public static int[] order(TreeModel model) {
        return model.trees().stream().mapToInt(ColumnTree::column).toArray();
    }

    /** Returns for each column the column that it depends on; −1 if it depends on none. */
    public static int[] parents(TreeModel model) {
        int[] parents = new int[model.columns().size()];
        for (ColumnTree tree : model.trees()) {
            int[] predictors = tree.tree().predictors();
            parents[tree.column()] = predictors.length == 0 ? -1 : model.predictors().get(predictors[0]).column();
        }
        return parents;
    }

    /** Returns the counts of each column, as in {@link #of}. */
    public static List<double[]> counts(TreeModel model) {
        List<double[]> counts = new ArrayList<>();
        model.columns().forEach(column -> counts.add(new double[0]));
        model.trees().forEach(tree -> counts.set(tree.column(), tree.laws().counts().clone()));
        return counts;
    }
}
