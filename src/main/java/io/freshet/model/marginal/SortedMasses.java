package io.freshet.model.marginal;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Distinct numbers in ascending order, with masses.
 *
 * @param masses as many
 */
@SuppressWarnings("ArrayRecordComponent") // confined to this package, never compared
public record SortedMasses(double[] numbers, double[] masses) {

    static final SortedMasses NONE = new SortedMasses(new double[0], new double[0]);

    /**
     * Returns the union of these numbers and others.
     *
     * @param others ascending and distinct
     * @param factor the factor for their masses
     */
    SortedMasses plus(double[] others, double[] otherMasses, double factor) {
        double[] all = new double[numbers.length + others.length];
        double[] sums = new double[all.length];
        int used = 0;
        int i = 0;
        int k = 0;
        while (i < numbers.length || k < others.length) {
            boolean first = k == others.length || i < numbers.length && numbers[i] <= others[k];
            boolean second = i == numbers.length || k < others.length && others[k] <= numbers[i];
            all[used] = first ? numbers[i] : others[k];
            sums[used++] = (first ? masses[i] : 0) + (second ? factor * otherMasses[k] : 0);
            i += first ? 1 : 0;
            k += second ? 1 : 0;
        }
        return new SortedMasses(Arrays.copyOf(all, used), Arrays.copyOf(sums, used));
    }

    /** @param wanted whether the number at an index is kept */
    SortedMasses keeping(IntPredicate wanted) {
        double[] left = new double[numbers.length];
        double[] leftMasses = new double[numbers.length];
        int used = 0;
        for (int i = 0; i < numbers.length; i++) {
            if (wanted.test(i)) {
                left[used] = numbers[i];
                leftMasses[used++] = masses[i];
            }
        }
        return new SortedMasses(Arrays.copyOf(left, used), Arrays.copyOf(leftMasses, used));
    }
}
