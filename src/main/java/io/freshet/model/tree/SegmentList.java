package io.freshet.model.tree;

import java.util.Arrays;

/** Collects the segments of the codes, one code after another. */
final class SegmentList {

    private int[] first = new int[16];
    private double[] low = new double[16];
    private double[] high = new double[16];
    private double[] mass = new double[16];
    private int codes;
    private int size;

    /** Adds a segment to the current code. */
    void add(double from, double to, double weight) {
        if (size == low.length) {
            low = Arrays.copyOf(low, 2 * size);
            high = Arrays.copyOf(high, 2 * size);
            mass = Arrays.copyOf(mass, 2 * size);
        }
        low[size] = from;
        high[size] = to;
        mass[size++] = weight;
    }

    /** Completes the current code. */
    void endCode() {
        codes++;
        if (codes == first.length) {
            first = Arrays.copyOf(first, 2 * codes);
        }
        first[codes] = size;
    }

    int codes() {
        return codes;
    }

    Segments build() {
        return Segments.of(Arrays.copyOf(first, codes + 1), Arrays.copyOf(low, size), Arrays.copyOf(high, size),
                Arrays.copyOf(mass, size));
    }
}
