package io.freshet.score;

import java.util.HashMap;
import java.util.Map;

/** Scores of pairs of columns, 0 to 1, by the definitions of SDMetrics. NaN where a score is not defined. */
final class PairMetrics {

    /** Numbers that meet categories count in so many classes of equal width. */
    private static final int CLASSES = 10;

    /** Counts of so many combinations are cheaper in an array than in a map. */
    private static final long MOST_CELLS = 1 << 18;

    private PairMetrics() {
    }

    /** Pearson's correlation of the rows where both values are there; NaN where one of them is constant. */
    static double correlation(double[] a, double[] b) {
        double n = 0;
        double meanA = 0;
        double meanB = 0;
        double squaresA = 0;
        double squaresB = 0;
        double products = 0;
        for (int i = 0; i < a.length; i++) {
            if (Double.isNaN(a[i]) || Double.isNaN(b[i])) {
                continue;
            }
            n++;
            double offA = a[i] - meanA;
            double offB = b[i] - meanB;
            meanA += offA / n;
            meanB += offB / n;
            squaresA += offA * (a[i] - meanA);
            squaresB += offB * (b[i] - meanB);
            products += offA * (b[i] - meanB);
        }
        double scale = Math.sqrt(squaresA) * Math.sqrt(squaresB);
        return scale > 0 ? products / scale : Double.NaN;
    }

    /** One minus half of the difference of two correlations. */
    static double correlationSimilarity(double real, double synthetic) {
        return 1 - Math.abs(real - synthetic) / 2;
    }

    /** One minus the total variation distance of the shares of the combinations; missing is a category. */
    static double contingencySimilarity(int[] realA, int[] realB, int[] syntheticA, int[] syntheticB) {
        int leastA = Math.min(least(realA), least(syntheticA));
        int leastB = Math.min(least(realB), least(syntheticB));
        long levelsA = 1L + Math.max(most(realA), most(syntheticA)) - leastA;
        long levelsB = 1L + Math.max(most(realB), most(syntheticB)) - leastB;
        if (levelsA * levelsB > MOST_CELLS) {
            return sparseSimilarity(realA, realB, syntheticA, syntheticB);
        }
        int width = (int) levelsB;
        int[] real = new int[(int) levelsA * width];
        int[] synthetic = new int[real.length];
        for (int i = 0; i < realA.length; i++) {
            real[(realA[i] - leastA) * width + realB[i] - leastB]++;
        }
        for (int i = 0; i < syntheticA.length; i++) {
            synthetic[(syntheticA[i] - leastA) * width + syntheticB[i] - leastB]++;
        }
        double distance = 0;
        for (int cell = 0; cell < real.length; cell++) {
            distance += Math.abs(real[cell] / (double) realA.length - synthetic[cell] / (double) syntheticA.length);
        }
        return 1 - distance / 2;
    }

    private static int least(int[] codes) {
        int least = Integer.MAX_VALUE;
        for (int code : codes) {
            least = Math.min(least, code);
        }
        return least;
    }

    private static int most(int[] codes) {
        int most = Integer.MIN_VALUE;
        for (int code : codes) {
            most = Math.max(most, code);
        }
        return most;
    }

    /** The same where most combinations do not occur. */
    private static double sparseSimilarity(int[] realA, int[] realB, int[] syntheticA, int[] syntheticB) {
        Map<Long, double[]> shares = new HashMap<>();
        count(shares, realA, realB, 0);
        count(shares, syntheticA, syntheticB, 1);
        double distance = 0;
        for (double[] share : shares.values()) {
            distance += Math.abs(share[0] - share[1]);
        }
        return 1 - distance / 2;
    }

    private static void count(Map<Long, double[]> shares, int[] a, int[] b, int table) {
        for (int i = 0; i < a.length; i++) {
            shares.computeIfAbsent((long) a[i] << 32 | b[i] & 0xffffffffL, key -> new double[2])[table] += 1.0 / a.length;
        }
    }

    /**
     * The classes of numbers: ten of equal width from the smallest to the largest <em>real</em> value, for both tables. As
     * {@code numpy.digitize} has it, the largest value is in a class of its own, above; so are missing values, and all beyond.
     */
    static int[] classes(double[] real, double[] values) {
        double[] sorted = ColumnMetrics.sortedValues(real);
        if (sorted.length == 0) {
            return new int[values.length];
        }
        double[] edges = edges(sorted[0], sorted[sorted.length - 1]);
        int[] classes = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            int above = 0;
            while (above < edges.length && !(values[i] < edges[above])) {
                above++;
            }
            classes[i] = above;
        }
        return classes;
    }

    private static double[] edges(double least, double greatest) {
        double from = least == greatest ? least - .5 : least;
        double to = least == greatest ? greatest + .5 : greatest;
        double[] edges = new double[CLASSES + 1];
        for (int k = 0; k <= CLASSES; k++) {
            edges[k] = k == CLASSES ? to : from + k * ((to - from) / CLASSES);
        }
        return edges;
    }
}
