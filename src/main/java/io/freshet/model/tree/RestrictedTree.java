package io.freshet.model.tree;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** A column under conditions: its distribution in each leaf, restricted to the values that satisfy them. Not thread-safe. */
final class RestrictedTree {

    /** The weight of a leaf that cannot satisfy the conditions. It is negligible unless all leaves are like that. */
    private static final double IMPOSSIBLE = 1e-30;

    private final ColumnTree column;
    private final double[] shares;
    private final Segments segments;
    /** The restricted leaves, computed on first use. Concurrent threads compute the same result. */
    private final AtomicReferenceArray<Leaf> leaves;

    /** A leaf under conditions. */
    private static final class Leaf {
        private final double mass;
        private final int[] table;

        Leaf(double mass, int[] table) {
            this.mass = mass;
            this.table = table;
        }
    }

    RestrictedTree(ColumnTree column, double[] shares, Segments segments) {
        this.column = column;
        this.shares = shares;
        this.segments = segments;
        this.leaves = new AtomicReferenceArray<>(column.tree().leaves());
    }

    Segments segments() {
        return segments;
    }

    /** Returns the probability that a row of this leaf satisfies the conditions. */
    double mass(int leaf) {
        return leaf(leaf).mass;
    }

    private Leaf leaf(int number) {
        Leaf leaf = leaves.get(number);
        if (leaf == null) {
            leaf = restricted(number);
            leaves.set(number, leaf);
        }
        return leaf;
    }

    private Leaf restricted(int leaf) {
        double[] law = column.laws().law(leaf);
        double mass = restrict(law);
        if (mass <= 0) {
            law = column.laws().overall();
            restrict(law);
            mass = IMPOSSIBLE;
        }
        double sum = Arrays.stream(law).sum();
        for (int code = 0; code < law.length; code++) {
            law[code] /= sum;
        }
        int[] table = new int[law.length];
        LeafLaws.pack(law, table, 0);
        return new Leaf(mass, table);
    }

    private double restrict(double[] law) {
        double mass = 0;
        for (int code = 0; code < law.length; code++) {
            law[code] *= shares[code];
            mass += law[code];
        }
        return mass;
    }

    /** Returns the probability that a row satisfies the conditions, whatever its leaf; 0 if none can. */
    double overall() {
        return restrict(column.laws().overall());
    }

    /** Draws a code that satisfies the conditions. */
    int draw(int leaf, long word) {
        return LeafLaws.draw(leaf(leaf).table, 0, shares.length, word);
    }
}
