package io.freshet.stats;

import java.util.Arrays;

/** The receiver operating characteristic of scores that are to be greater for the rows of a second class. */
public final class RocCurve {

    private RocCurve() {
    }

    /**
     * Returns the area under the curve, which is the share of pairs, one row of each class, that the scores put in order; ties
     * count half (Mann and Whitney, 1947): .5 if the scores say nothing, 1 if no row is mistaken. NaN if a class has no rows.
     */
    public static double area(double[] ofFirst, double[] ofSecond) {
        double[] first = ofFirst.clone();
        double[] second = ofSecond.clone();
        Arrays.sort(first);
        Arrays.sort(second);
        double pairs = 0;
        int below = 0;
        int upTo = 0;
        for (double score : second) {
            while (below < first.length && first[below] < score) {
                below++;
            }
            while (upTo < first.length && first[upTo] <= score) {
                upTo++;
            }
            pairs += (below + upTo) / 2.0;
        }
        return pairs / ((double) first.length * second.length);
    }
}
