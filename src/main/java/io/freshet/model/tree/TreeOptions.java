package io.freshet.model.tree;

/**
 * Options for fitting trees.
 *
 * @param codes the approximate number of codes into which the values of a number are divided
 * @param leafRows the smallest number of rows in a leaf
 * @param shrinkage the number of rows that the parent's distribution counts for in each node
 * @param target the number of the column that is drawn first and that every other column depends on, or {@link #NO_TARGET}
 */
public record TreeOptions(int codes, int leafRows, double shrinkage, int target) {

    public static final int NO_TARGET = -1;

    public TreeOptions {
        if (codes < 2 || codes > 512 || leafRows < 1 || !(shrinkage > 0) || target < NO_TARGET) {
            throw new IllegalArgumentException(
                    "trees of " + codes + " codes, " + leafRows + " rows, shrinkage " + shrinkage + ", target "
                            + target);
        }
    }

    public static TreeOptions defaults() {
        return new TreeOptions(64, 10, 20, NO_TARGET);
    }

    /** Returns these options with another target. */
    public TreeOptions withTarget(int column) {
        return new TreeOptions(codes, leafRows, shrinkage, column);
    }
}
