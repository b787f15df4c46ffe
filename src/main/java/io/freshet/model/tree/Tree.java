package io.freshet.model.tree;

import java.util.stream.IntStream;

/**
 * A binary decision tree over predictors, stored in flat arrays. At an inner node, a row goes right if the bit of its value is
 * set in the node's mask. Leaves are numbered from left to right. Immutable.
 */
final class Tree {

    private static final int LEAF = -1;
    /** The rows that descend together: few enough for the fastest cache. */
    private static final int BLOCK = 1 << 10;

    /** For each node, the slot of its predictor, or {@link #LEAF}. */
    private final int[] slot;
    /** For an inner node, its left child, which the right one follows; for a leaf, its number. */
    private final int[] child;
    /** For each node, the beginning of its mask. */
    private final int[] mask;
    private final long[] masks;
    private final int[] predictors;
    private final int leaves;

    /**
     * @param predictors the number in the table of each slot's predictor
     * @param slot the slot of each node's predictor
     * @param child the left child or the leaf number of each node
     * @param mask the beginning of each node's mask
     * @param masks the masks of all nodes
     */
    Tree(int[] predictors, int[] slot, int[] child, int[] mask, long[] masks) {
        this.predictors = predictors;
        this.slot = slot;
        this.child = child;
        this.mask = mask;
        this.masks = masks;
        int count = 0;
        for (int of : slot) {
            count += of == LEAF ? 1 : 0;
        }
        this.leaves = count;
    }

    /** Returns a tree that consists of one leaf. */
    static Tree leaf() {
        return new Tree(new int[0], new int[] { LEAF }, new int[1], new int[1], new long[0]);
    }

    int leaves() {
        return leaves;
    }

    int nodes() {
        return slot.length;
    }

    boolean isLeaf(int node) {
        return slot[node] == LEAF;
    }

    /** Returns the number of a leaf. */
    int leafOf(int node) {
        return child[node];
    }

    /** Returns the left child of an inner node; the right child follows it. */
    int left(int node) {
        return child[node];
    }

    /** Returns the slot of an inner node's predictor. */
    int slot(int node) {
        return slot[node];
    }

    /** Returns the number in the table of an inner node's predictor. */
    int predictor(int node) {
        return predictors[slot[node]];
    }

    /** Returns whether rows with this value go right at an inner node. */
    boolean goesRight(int node, int value) {
        return (masks[mask[node] + (value >>> 6)] >>> value & 1) != 0;
    }

    /** Returns the number in the table of each slot's predictor. */
    int[] predictors() {
        return predictors;
    }

    /**
     * Returns the leaf of each row.
     *
     * @param values the values by predictor number and row
     */
    int[] leaves(short[][] values, int rows) {
        int[] leaves = new int[rows];
        if (slot[0] == LEAF) {
            return leaves;
        }
        int[] used = IntStream.of(slot).filter(each -> each != LEAF).distinct().toArray();
        int[][] block = new int[predictors.length][BLOCK];
        int[] found = new int[BLOCK];
        int[] open = new int[BLOCK];
        for (int from = 0; from < rows; from += BLOCK) {
            int count = Math.min(BLOCK, rows - from);
            for (int each : used) {
                short[] of = values[predictors[each]];
                int[] into = block[each];
                for (int i = 0; i < count; i++) {
                    into[i] = of[from + i];
                }
            }
            leaves(block, count, found, open);
            System.arraycopy(found, 0, leaves, from, count);
        }
        return leaves;
    }

    /**
     * Finds the leaves of a block of rows one level at a time, so that the rows are independent of each other.
     *
     * @param values the values of the predictors by slot and row
     * @param leaves receives the leaf of each row
     * @param open working memory for the same number of rows
     */
    void leaves(int[][] values, int rows, int[] leaves, int[] open) {
        int count = slot[0] == LEAF ? 0 : rows;
        for (int i = 0; i < rows; i++) {
            leaves[i] = 0;
            open[i] = i;
        }
        while (count > 0) {
            count = descend(values, count, leaves, open);
        }
        for (int i = 0; i < rows; i++) {
            leaves[i] = child[leaves[i]];
        }
    }

    /** Takes open rows down one level and keeps those that are at inner nodes. */
    private int descend(int[][] values, int count, int[] nodes, int[] open) {
        int[] slots = slot;
        int[] children = child;
        int[] starts = mask;
        long[] bits = masks;
        int kept = 0;
        for (int o = 0; o < count; o++) {
            int row = open[o];
            int node = nodes[row];
            int value = values[slots[node]][row];
            node = children[node] + (int) (bits[starts[node] + (value >>> 6)] >>> value & 1);
            nodes[row] = node;
            open[kept] = row;
            // branch-free, because a branch would be mispredicted: the sign bit marks leaves
            kept += slots[node] >>> 31 ^ 1;
        }
        return kept;
    }
}
