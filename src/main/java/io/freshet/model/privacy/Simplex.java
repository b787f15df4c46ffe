package io.freshet.model.privacy;

import java.util.stream.IntStream;

/**
 * The counts closest to noisy ones that are not negative and have a total. Each is the noisy count minus a multiple of its
 * variance; the multiple is found by bisection.
 */
final class Simplex {

    private static final int STEPS = 200;

    private Simplex() {
    }

    /** @param total above 0 */
    static double[] project(NoisyCounts counts, double total) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < counts.size(); i++) {
            least = Math.min(least, (counts.value(i) - total) / counts.variance(i));
            most = Math.max(most, counts.value(i) / counts.variance(i));
        }
        for (int step = 0; step < STEPS; step++) {
            double middle = least + (most - least) / 2;
            if (sum(counts, middle) > total) {
                least = middle;
            } else {
                most = middle;
            }
        }
        double multiple = least;
        double factor = total / sum(counts, multiple);
        return IntStream.range(0, counts.size()).mapToDouble(i -> at(counts, i, multiple) * factor).toArray();
    }

    private static double sum(NoisyCounts counts, double multiple) {
        double sum = 0;
        for (int i = 0; i < counts.size(); i++) {
            sum += at(counts, i, multiple);
        }
        return sum;
    }

    private static double at(NoisyCounts counts, int index, double multiple) {
        return Math.max(0, counts.value(index) - multiple * counts.variance(index));
    }
}
