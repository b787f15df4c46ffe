package io.freshet.model.tree;

import java.util.Arrays;

import io.freshet.stats.Philox;

/** Draws the first columns of rows under conditions, with the weight of each row. Mutable working memory; not thread-safe. */
final class Proposals {

    /** Places the number of the proposal in the upper bits of the counter's block, and the column in the lower ones. */
    private static final int SHIFT = 16;

    private final ConditionedTrees trees;
    private final DrawnColumns drawn;
    private final long seed;
    private final double[] weights = new double[DrawnColumns.MOST];
    private final long[] choices = new long[DrawnColumns.MOST];
    /** The words that choose the values within their codes, by position and row. */
    private final long[][] within;
    private final long[][] scratch = Philox.scratch(DrawnColumns.MOST);
    private final int[] leaves = new int[DrawnColumns.MOST];
    private final int[] open = new int[DrawnColumns.MOST];

    Proposals(ConditionedTrees trees, long seed) {
        this.trees = trees;
        this.drawn = new DrawnColumns(trees.model());
        this.seed = seed;
        this.within = new long[trees.prefix()][DrawnColumns.MOST];
    }

    /** Draws one proposal for each row. */
    void draw(long[] rows, int size, int proposal) {
        Arrays.fill(weights, 0, size, 1);
        for (int k = 0; k < trees.prefix(); k++) {
            ColumnTree tree = trees.model().trees().get(k);
            int column = tree.column();
            Philox.block(rows, column | proposal + 1 << SHIFT, TreeGenerator.TAG, seed, choices, within[k], scratch, size);
            int[] codes = drawn.codes(column);
            int[][] values = drawn.ofTree(k);
            RestrictedTree restricted = trees.at(k);
            tree.tree().leaves(values, size, leaves, open);
            if (restricted == null) {
                tree.laws().draw(leaves, choices, size, codes);
            } else {
                for (int i = 0; i < size; i++) {
                    weights[i] *= restricted.mass(leaves[i]);
                    codes[i] = restricted.draw(leaves[i], choices[i]);
                }
            }
            drawn.parts(column, segments(k), within[k], size);
        }
    }

    private Segments segments(int k) {
        RestrictedTree restricted = trees.at(k);
        return restricted == null ? trees.model().columns().get(trees.model().trees().get(k).column()).segments()
                : restricted.segments();
    }

    /** Returns the weight of the latest proposal of each row. */
    double[] weights() {
        return weights;
    }

    /** Returns the codes of the column at a position, by row. */
    int[] codes(int position) {
        return drawn.codes(trees.model().trees().get(position).column());
    }

    /** Returns the words that choose the values of the column at a position, by row. */
    long[] within(int position) {
        return within[position];
    }
}
