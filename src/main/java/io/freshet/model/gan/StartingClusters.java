package io.freshet.model.gan;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Clusters of weighted numbers from which a mixture starts. A mixture ends in the optimum that is nearest to its start, and no
 * start suits all columns: many rows may share a few round numbers, or a few rows may lie far out. So there are several.
 */
final class StartingClusters {

    private static final int LLOYD_ITERATIONS = 50;

    /** The numbers, ascending and distinct. */
    private final double[] x;
    private final double[] weights;
    private final int clusters;

    /** @param clusters at most as many as numbers */
    StartingClusters(double[] x, double[] weights, int clusters) {
        this.x = x;
        this.weights = weights;
        this.clusters = clusters;
    }

    /** Returns the assignments of the numbers to clusters, one for each start. */
    List<int[]> all() {
        return List.of(improved(quantilesOfRows()), improved(quantilesOfNumbers()), improved(spread()),
                nearest(heaviest()));
    }

    private double[] quantilesOfRows() {
        double step = Arrays.stream(weights).sum() / clusters;
        double[] centres = new double[clusters];
        double passed = 0;
        int next = 0;
        for (int i = 0; i < x.length; i++) {
            passed += weights[i];
            while (next < clusters && (passed >= (next + .5) * step || i == x.length - 1)) {
                centres[next++] = x[i];
            }
        }
        return centres;
    }

    private double[] quantilesOfNumbers() {
        return IntStream.range(0, clusters).mapToDouble(k -> x[(int) ((k + .5) * x.length / clusters)]).toArray();
    }

    /** Adds the number with the largest squared distance to its centre, over all its rows, one after the other. */
    private double[] spread() {
        double[] centres = new double[clusters];
        double[] distances = new double[x.length];
        Arrays.fill(distances, Double.POSITIVE_INFINITY);
        int next = x.length / 2;
        for (int k = 0; k < clusters; k++) {
            centres[k] = x[next];
            for (int i = 0; i < x.length; i++) {
                double distance = x[i] - centres[k];
                distances[i] = Math.min(distances[i], weights[i] * distance * distance);
                next = distances[i] > distances[next] ? i : next;
            }
        }
        return centres;
    }

    private double[] heaviest() {
        return IntStream.range(0, x.length).boxed().sorted(Comparator.comparingDouble(i -> -weights[i])).limit(clusters)
                .mapToDouble(i -> x[i]).toArray();
    }

    /** Improves centres by Lloyd's algorithm. */
    private int[] improved(double[] centres) {
        int[] cluster = nearest(centres);
        for (int iteration = 1; iteration < LLOYD_ITERATIONS; iteration++) {
            double[] sums = new double[clusters];
            double[] masses = new double[clusters];
            for (int i = 0; i < x.length; i++) {
                sums[cluster[i]] += weights[i] * x[i];
                masses[cluster[i]] += weights[i];
            }
            for (int k = 0; k < clusters; k++) {
                centres[k] = masses[k] > 0 ? sums[k] / masses[k] : centres[k];
            }
            int[] next = nearest(centres);
            if (Arrays.equals(next, cluster)) {
                return cluster;
            }
            cluster = next;
        }
        return cluster;
    }

    private int[] nearest(double[] centres) {
        int[] cluster = new int[x.length];
        for (int i = 0; i < x.length; i++) {
            int nearest = 0;
            for (int k = 1; k < clusters; k++) {
                nearest = Math.abs(x[i] - centres[k]) < Math.abs(x[i] - centres[nearest]) ? k : nearest;
            }
            cluster[i] = nearest;
        }
        return cluster;
    }
}
