package io.freshet.stats;

/** One tree of {@link BoostedTrees}, as flat arrays. */
final class BoostedTree {

    private final int[] column;
    private final int[] bin;
    private final int[] left;
    private final double[] value;
    private int nodes = 1;

    BoostedTree(int maxLeaves) {
        int size = 2 * maxLeaves;
        column = new int[size];
        bin = new int[size];
        left = new int[size];
        value = new double[size];
    }

    boolean isLeaf() {
        return left[0] == 0;
    }

    /**
     * Splits a leaf.
     *
     * @param ofColumn the column to look at
     * @param fromBin the first bin that goes right
     * @return the left child; the right one follows
     */
    int split(int node, int ofColumn, int fromBin) {
        column[node] = ofColumn;
        bin[node] = fromBin;
        left[node] = nodes;
        nodes += 2;
        return left[node];
    }

    void setValue(int node, double number) {
        value[node] = number;
    }

    double value(BinnedColumns table, int row) {
        int node = 0;
        while (left[node] != 0) {
            node = left[node] + ((table.bins(column[node])[row] & 0xff) >= bin[node] ? 1 : 0);
        }
        return value[node];
    }
}
