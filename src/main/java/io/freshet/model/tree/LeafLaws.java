package io.freshet.model.tree;

import java.util.Arrays;

/**
 * The distribution of one column in each leaf of its tree: p(node) = (count + a · p(parent)) / (n + a), from the root down. The
 * shrinkage a keeps a leaf from depending on only a few rows. A tilt, one factor per code, makes the leaves together reproduce
 * the shares of the table. Values are drawn by Walker's alias method, with one integer per code: the threshold in the upper
 * bits, the alias in the lower bits. Immutable.
 */
final class LeafLaws {

    static final int ALIAS_BITS = 12;
    static final int ALIAS_MASK = (1 << ALIAS_BITS) - 1;
    static final int THRESHOLD_BITS = 20;
    private static final int THRESHOLD_MASK = (1 << THRESHOLD_BITS) - 1;

    private final int codes;
    private final double[] counts;
    private final double[] tilt;
    private final int[] table;

    private LeafLaws(int codes, double[] counts, double[] tilt, int[] table) {
        this.codes = codes;
        this.counts = counts;
        this.tilt = tilt;
        this.table = table;
    }

    /** Creates distributions without a tilt. See {@link #of(Tree, double[], double[], Shrinkage)}. */
    static LeafLaws of(Tree tree, int codes, double[] counts, Shrinkage shrinkage) {
        double[] none = new double[codes];
        Arrays.fill(none, 1);
        return of(tree, none, counts, shrinkage);
    }

    /**
     * @param tilt for each code, the factor of its probability in every leaf, before normalisation; not negative
     * @param counts the weight of the rows by leaf and code; not negative
     * @throws IllegalArgumentException if the number of counts is not leaves times codes, or if a distribution has no weight
     */
    static LeafLaws of(Tree tree, double[] tilt, double[] counts, Shrinkage shrinkage) {
        int codes = tilt.length;
        double[] laws = probabilities(tree, codes, counts, shrinkage);
        int[] table = new int[counts.length];
        for (int at = 0; at < counts.length; at += codes) {
            for (int code = 0; code < codes; code++) {
                laws[at + code] *= tilt[code];
            }
            normalise(laws, at, codes);
            pack(Arrays.copyOfRange(laws, at, at + codes), table, at);
        }
        return new LeafLaws(codes, counts, tilt, table);
    }

    /** Returns the probabilities by leaf and code, before any tilt. */
    static double[] probabilities(Tree tree, int codes, double[] counts, Shrinkage shrinkage) {
        if (counts.length != tree.leaves() * codes || codes > ALIAS_MASK) {
            throw new IllegalArgumentException(counts.length + " counts for " + tree.leaves() + " leaves of " + codes);
        }
        double[] sums = new double[tree.nodes() * codes];
        add(tree, codes, counts, sums);
        return descend(tree, codes, sums, shrinkage);
    }

    /** Computes the counts of all nodes as the sums over their leaves. */
    private static void add(Tree tree, int codes, double[] counts, double[] sums) {
        for (int node = tree.nodes() - 1; node >= 0; node--) {
            if (tree.isLeaf(node)) {
                System.arraycopy(counts, tree.leafOf(node) * codes, sums, node * codes, codes);
            } else {
                // a child always has a higher number than its parent
                int left = tree.left(node) * codes;
                for (int code = 0; code < codes; code++) {
                    sums[node * codes + code] = sums[left + code] + sums[left + codes + code];
                }
            }
        }
    }

    /** Turns counts into distributions, parents before children. */
    private static double[] descend(Tree tree, int codes, double[] sums, Shrinkage shrinkage) {
        double[] laws = new double[tree.leaves() * codes];
        boolean[] alone = new boolean[tree.nodes()];
        alone[0] = true;
        normalise(sums, 0, codes);
        for (int node = 0; node < tree.nodes(); node++) {
            if (tree.isLeaf(node)) {
                System.arraycopy(sums, node * codes, laws, tree.leafOf(node) * codes, codes);
                continue;
            }
            boolean exempt = alone[node] && tree.predictor(node) == shrinkage.exempt();
            for (int childNode = tree.left(node); childNode <= tree.left(node) + 1; childNode++) {
                int at = childNode * codes;
                int distinct = distinct(sums, at, codes);
                alone[childNode] = exempt;
                double weight = exempt && distinct > 0 ? 0 : Math.min(shrinkage.rows(), Math.max(1, distinct));
                for (int code = 0; code < codes; code++) {
                    sums[at + code] += weight * sums[node * codes + code];
                }
                normalise(sums, at, codes);
            }
        }
        return laws;
    }

    /**
     * Returns the number of codes that occur in a node. It limits the weight of the parent, so that a node with few codes
     * depends less on it (the rule of Witten and Bell).
     */
    private static int distinct(double[] sums, int at, int codes) {
        int distinct = 0;
        for (int code = 0; code < codes; code++) {
            distinct += sums[at + code] > 0 ? 1 : 0;
        }
        return distinct;
    }

    private static void normalise(double[] sums, int at, int codes) {
        double sum = 0;
        for (int code = 0; code < codes; code++) {
            sum += sums[at + code];
        }
        if (!(sum > 0)) {
            throw new IllegalArgumentException("a law of no rows");
        }
        for (int code = 0; code < codes; code++) {
            sums[at + code] /= sum;
        }
    }

    /** Packs a distribution into an alias table, one integer per code. */
    static void pack(double[] law, int[] table, int at) {
        int size = law.length;
        int[] open = new int[size];
        int small = 0;
        int large = size;
        int heaviest = 0;
        for (int code = 0; code < size; code++) {
            heaviest = law[code] * size > law[heaviest] ? code : heaviest;
            law[code] *= size;
            table[at + code] = THRESHOLD_MASK << ALIAS_BITS | code;
            open[law[code] < 1 ? small++ : --large] = code;
        }
        while (small > 0 && large < size) {
            int less = open[--small];
            int more = open[large];
            int threshold = (int) (law[less] * (1 << THRESHOLD_BITS));
            table[at + less] = Math.min(threshold, THRESHOLD_MASK) << ALIAS_BITS | more;
            law[more] -= 1 - law[less];
            if (law[more] < 1) {
                large++;
                open[small++] = more;
            }
        }
        while (small > 0) {
            // the remaining entries are whole except for rounding, unless the distribution has no weight
            int left = open[--small];
            if (law[left] < .5) {
                table[at + left] = heaviest;
            }
        }
    }

    /** Returns the code that a random word draws from a table of {@code size} entries that begins at {@code at}. */
    static int draw(int[] table, int at, int size, long word) {
        int column = (int) ((word >>> 32) * size >>> 32);
        int entry = table[at + column];
        return (word & THRESHOLD_MASK) < entry >>> ALIAS_BITS ? column : entry & ALIAS_MASK;
    }

    /**
     * Draws codes for a block of rows from random words.
     *
     * @param leaves the leaf of each row
     * @param drawn receives the code of each row
     */
    void draw(int[] leaves, long[] words, int rows, int[] drawn) {
        int[] entries = table;
        int size = codes;
        for (int i = 0; i < rows; i++) {
            drawn[i] = draw(entries, leaves[i] * size, size, words[i]);
        }
    }

    int codes() {
        return codes;
    }

    /** Returns for each code the factor of its probability in every leaf. */
    double[] tilt() {
        return tilt;
    }

    /** Returns the weight of the rows by leaf and code. */
    double[] counts() {
        return counts;
    }

    /** Returns the packed tables by leaf and code. */
    int[] table() {
        return table;
    }

    /** Returns the distribution from which a leaf is drawn, by code. */
    double[] law(int leaf) {
        double[] law = new double[codes];
        for (int code = 0; code < codes; code++) {
            int entry = table[leaf * codes + code];
            double own = (entry & ALIAS_MASK) == code ? 1 : (entry >>> ALIAS_BITS) * 0x1p-20;
            law[code] += own / codes;
            law[entry & ALIAS_MASK] += (1 - own) / codes;
        }
        return law;
    }

    /** Returns the distribution over all rows, by code. */
    double[] overall() {
        double[] law = new double[codes];
        double sum = 0;
        for (int i = 0; i < counts.length; i++) {
            law[i % codes] += counts[i];
            sum += counts[i];
        }
        for (int code = 0; code < codes; code++) {
            law[code] /= sum;
        }
        return law;
    }
}
