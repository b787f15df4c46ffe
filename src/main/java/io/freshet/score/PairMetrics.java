package io.freshet.score;

import java.util.HashMap;
import java.util.Map;

/** Computes the scores of pairs of columns, from 0 to 1, as SDMetrics defines them. A score is NaN where it is not defined. */
final class PairMetrics {

    /** The number of classes of equal width that numbers are split into when they are compared with categories. */
    private static final int CLASSES = 10;

    /** The thresholds beyond which a pair counts as associated, those of SDMetrics' quality report. */
    static final double CORRELATED = .5;
    static final double ASSOCIATED = .3;

    /** The maximum number of combinations that are counted in an array, which is cheaper than a map. */
    private static final long MAX_CELLS = 1 << 18;

    private PairMetrics() {
    }

    /** Returns Pearson's correlation over the rows where both values are present; NaN if one of the columns is constant. */
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

    /**
     * Returns Cramér's V of two columns of categories, from 0 to 1, with missing values as a category: the root of χ² / (n · (k
     * − 1)), where k is the smaller number of categories. Returns NaN if one of the columns is constant.
     */
    static double association(int[] a, int[] b) {
        Map<Integer, Integer> ofA = new HashMap<>();
        Map<Integer, Integer> ofB = new HashMap<>();
        Map<Long, Integer> both = new HashMap<>();
        for (int i = 0; i < a.length; i++) {
            ofA.merge(a[i], 1, Integer::sum);
            ofB.merge(b[i], 1, Integer::sum);
            both.merge((long) a[i] << 32 | b[i] & 0xffffffffL, 1, Integer::sum);
        }
        double sum = 0;
        for (Map.Entry<Long, Integer> cell : both.entrySet()) {
            double count = cell.getValue();
            sum += count * count / ofA.getOrDefault((int) (cell.getKey() >> 32), 1)
                    / ofB.getOrDefault((int) (long) cell.getKey(), 1);
        }
        int smaller = Math.min(ofA.size(), ofB.size()) - 1;
        return smaller == 0 ? Double.NaN : Math.sqrt(Math.max(0, sum - 1) / smaller);
    }

    /** Returns one minus half of the difference between two correlations. */
    static double correlationSimilarity(double real, double synthetic) {
        return 1 - Math.abs(real - synthetic) / 2;
    }

    /** Returns one minus the total variation distance between the shares of the combinations. Missing counts as a category. */
    static double contingencySimilarity(int[] realA, int[] realB, int[] syntheticA, int[] syntheticB) {
        int minA = Math.min(least(realA), least(syntheticA));
        int minB = Math.min(least(realB), least(syntheticB));
        long levelsA = 1L + Math.max(most(realA), most(syntheticA)) - minA;
        long levelsB = 1L + Math.max(most(realB), most(syntheticB)) - minB;
        if (levelsA * levelsB > MAX_CELLS) {
            return sparseSimilarity(realA, realB, syntheticA, syntheticB);
        }
        int width = (int) levelsB;
        int[] real = new int[(int) levelsA * width];
        int[] synthetic = new int[real.length];
        for (int i = 0; i < realA.length; i++) {
            real[(realA[i] - minA) * width + realB[i] - minB]++;
        }
        for (int i = 0; i < syntheticA.length; i++) {
            synthetic[(syntheticA[i] - minA) * width + syntheticB[i] - minB]++;
        }
        double distance = 0;
        for (int cell = 0; cell < real.length; cell++) {
            distance += Math.abs(real[cell] / (double) realA.length - synthetic[cell] / (double) syntheticA.length);
        }
        return 1 - distance / 2;
    }

    private static int least(int[] codes) {
        int min = Integer.MAX_VALUE;
        for (int code : codes) {
            min = Math.min(min, code);
        }
        return min;
    }

    private static int most(int[] codes) {
        int max = Integer.MIN_VALUE;
        for (int code : codes) {
            max = Math.max(max, code);
        }
        return max;
    }

    /** Returns the same score, for tables in which most combinations do not occur. */
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
     * Splits numbers into ten classes of equal width from the smallest to the largest <em>real</em> value, for both tables.
     * As in {@code numpy.digitize}, the largest value falls into an additional class above; so do missing values and all
     * values beyond it.
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

    private static double[] edges(double min, double greatest) {
        double from = min == greatest ? min - .5 : min;
        double to = min == greatest ? greatest + .5 : greatest;
        double[] edges = new double[CLASSES + 1];
        for (int k = 0; k <= CLASSES; k++) {
            edges[k] = k == CLASSES ? to : from + k * ((to - from) / CLASSES);
        }
        return edges;
    }
}
