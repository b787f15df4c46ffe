package io.freshet.model.tree;

import java.util.Arrays;

/** Collects the nodes of a tree. Children are added in pairs. */
final class TreeBuilder {

    private final int[] predictors;
    private int[] slot = { -1, -1, -1, -1 };
    private int[] child = new int[4];
    private int[] mask = new int[4];
    private long[] masks = new long[16];
    private int nodes = 1;
    private int words;

    /** @param predictors the number in the table of each slot's predictor */
    TreeBuilder(int[] predictors) {
        this.predictors = predictors;
    }

    /**
     * Splits a node.
     *
     * @param right the bits of the values that go right
     * @return the number of the left child; the right child follows it
     */
    int split(int node, int ofSlot, long[] right) {
        int left = nodes;
        place(node, ofSlot, left, right, nodes + 2);
        return left;
    }

    /**
     * Splits a node whose children already have numbers.
     *
     * @param left the left child; the right child follows it
     * @param size the number of nodes that the tree has at least
     * @throws IllegalArgumentException if a child precedes its parent, or already has a parent
     */
    void place(int node, int ofSlot, int left, long[] right, int size) {
        if (left <= node || left + 1 >= size) {
            throw new IllegalArgumentException("node " + node + " of " + size + " has the child " + left);
        }
        if (size > slot.length) {
            slot = Arrays.copyOf(slot, 2 * size);
            child = Arrays.copyOf(child, 2 * size);
            mask = Arrays.copyOf(mask, 2 * size);
            Arrays.fill(slot, nodes, slot.length, -1);
        }
        if (words + right.length > masks.length) {
            masks = Arrays.copyOf(masks, Math.max(2 * masks.length, words + right.length));
        }
        System.arraycopy(right, 0, masks, words, right.length);
        slot[node] = ofSlot;
        mask[node] = words;
        child[node] = left;
        words += right.length;
        nodes = Math.max(nodes, size);
    }

    Tree build() {
        int[] slots = Arrays.copyOf(slot, nodes);
        int[] children = Arrays.copyOf(child, nodes);
        number(slots, children);
        return new Tree(predictors, slots, children, Arrays.copyOf(mask, nodes), Arrays.copyOf(masks, words));
    }

    /** Numbers the leaves from left to right. */
    private static void number(int[] slots, int[] children) {
        int[] open = new int[slots.length + 1];
        int depth = 1;
        int leaves = 0;
        int visited = 0;
        while (depth > 0) {
            int node = open[--depth];
            if (++visited > slots.length) {
                throw new IllegalArgumentException("a node has two parents");
            }
            if (slots[node] < 0) {
                children[node] = leaves++;
            } else {
                open[depth++] = children[node] + 1;
                open[depth++] = children[node];
            }
        }
        if (visited != slots.length) {
            throw new IllegalArgumentException("a node has no parent");
        }
    }
}
