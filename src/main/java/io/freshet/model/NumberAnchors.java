package io.freshet.model;

import java.util.Arrays;

/**
 * Thins the distribution function of many numbers to some anchors: equal steps in the body, shrinking in proportion to the tail
 * probability towards both ends; a value with a larger share keeps both its edges.
 */
final class NumberAnchors {

    /** How many steps describe all rows, how many those of a part of them, and how many those of a part of a part. */
    static final int MANY = 1024;
    static final int FEW = 256;
    static final int FEWEST = 64;
    private static final double TAIL = 8;

    private NumberAnchors() {
    }

    /**
     * @param values ascending, distinct
     * @param masses as many; they need not sum to one
     * @param steps about how many anchors
     */
    static ContinuousMarginal of(double[] values, double[] masses, int steps) {
        double widest = 1.0 / steps;
        int size = values.length;
        double total = Arrays.stream(masses).sum();
        double[] cumulative = new double[2 * size + 2];
        double[] anchors = new double[2 * size + 2];
        int used = 1;
        anchors[0] = values[0];
        double before = 0;
        double last = 0;
        for (int i = 0; i < size; i++) {
            double share = masses[i] / total;
            if (share >= widest) {
                cumulative[used] = Math.min(1, before);
                anchors[used++] = values[i];
                last = Math.min(1, before + share);
                cumulative[used] = last;
                anchors[used++] = values[i];
            } else {
                double middle = Math.min(1, before + share / 2);
                double step = Math.min(widest, Math.min(middle, 1 - middle) / TAIL);
                boolean besideAtom = i + 1 < size && masses[i + 1] / total >= widest
                        || i > 0 && masses[i - 1] / total >= widest;
                if (middle - last >= step || besideAtom || i == 0 || i == size - 1) {
                    cumulative[used] = middle;
                    anchors[used++] = values[i];
                    last = middle;
                }
            }
            before += share;
        }
        cumulative[used] = 1;
        anchors[used++] = values[size - 1];
        return ContinuousMarginal.of(Arrays.copyOf(cumulative, used), Arrays.copyOf(anchors, used));
    }
}
