package io.freshet.model.tree;

/**
 * Options for fitting trees.
 *
 * @param codes the approximate number of codes into which the values of a number are divided
 * @param leafRows the smallest number of rows in a leaf
 * @param shrinkage the number of rows that the parent's distribution counts for in each node
 */
public record TreeOptions(int codes, int leafRows, double shrinkage) {

    public TreeOptions {
        if (codes < 2 || codes > 512 || leafRows < 1 || !(shrinkage > 0)) {
            throw new IllegalArgumentException("trees of " + codes + " codes, " + leafRows + " rows, shrinkage " + shrinkage);
        }
    }

    public static TreeOptions defaults() {
        return new TreeOptions(64, 10, 20);
    }
}
