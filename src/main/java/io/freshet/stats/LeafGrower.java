package io.freshet.stats;

/** Grows {@link BoostedTree}s leaf by leaf; keeps its memory from one tree to the next. Confined to one thread. */
final class LeafGrower {

    private final BinnedColumns table;
    private final int maxLeaves;
    /** By leaf: its histograms, its node, and where its rows begin and end. */
    private final Histograms[] histograms;
    private final int[] node;
    private final int[] from;
    private final int[] to;
    private Histograms spare;
    private int[] order = new int[0];

    LeafGrower(BinnedColumns table, int maxLeaves, int minRows) {
        this.table = table;
        this.maxLeaves = maxLeaves;
        this.histograms = new Histograms[maxLeaves];
        this.node = new int[maxLeaves];
        this.from = new int[maxLeaves];
        this.to = new int[maxLeaves];
        for (int leaf = 0; leaf < maxLeaves; leaf++) {
            histograms[leaf] = new Histograms(table, minRows);
        }
        this.spare = new Histograms(table, minRows);
    }

    /** @param gains receives what the splits on each column gain */
    BoostedTree grow(int[] rows, double[] gradient, double[] second, double rate, double[] gains) {
        BoostedTree tree = new BoostedTree(maxLeaves);
        order = rows.clone();
        node[0] = 0;
        from[0] = 0;
        to[0] = order.length;
        histograms[0].fill(order, 0, order.length, gradient, second);
        histograms[0].search();
        int leaves = 1;
        int best = 0;
        while (leaves < maxLeaves && histograms[best].gain() > 0) {
            gains[histograms[best].column()] += histograms[best].gain();
            split(tree, best, leaves, gradient, second);
            leaves++;
            for (int leaf = 0; leaf < leaves; leaf++) {
                best = histograms[leaf].gain() > histograms[best].gain() ? leaf : best;
            }
        }
        for (int leaf = 0; leaf < leaves; leaf++) {
            tree.setValue(node[leaf], rate * step(leaf, gradient, second));
        }
        return tree;
    }

    private void split(BoostedTree tree, int leaf, int other, double[] gradient, double[] second) {
        Histograms whole = histograms[leaf];
        int left = tree.split(node[leaf], whole.column(), whole.bin());
        int middle = partition(from[leaf], to[leaf], table.bins(whole.column()), whole.bin());
        node[other] = left + 1;
        from[other] = middle;
        to[other] = to[leaf];
        node[leaf] = left;
        to[leaf] = middle;
        boolean leftIsSmaller = middle - from[leaf] < to[other] - middle;
        int small = leftIsSmaller ? leaf : other;
        int large = leftIsSmaller ? other : leaf;
        Histograms part = spare;
        part.fill(order, from[small], to[small], gradient, second);
        Histograms rest = histograms[other];
        rest.difference(whole, part);
        histograms[small] = part;
        histograms[large] = rest;
        spare = whole;
        histograms[leaf].search();
        histograms[other].search();
    }

    private int partition(int begin, int end, byte[] bins, int right) {
        int low = begin;
        int high = end;
        while (low < high) {
            int row = order[low];
            if ((bins[row] & 0xff) < right) {
                low++;
            } else {
                order[low] = order[--high];
                order[high] = row;
            }
        }
        return low;
    }

    /** Newton's step of a leaf. */
    private double step(int leaf, double[] gradient, double[] second) {
        double gradients = 0;
        double seconds = 0;
        for (int i = from[leaf]; i < to[leaf]; i++) {
            gradients += gradient[order[i]];
            seconds += second[order[i]];
        }
        return seconds > 0 ? gradients / seconds : 0;
    }
}
