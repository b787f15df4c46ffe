package io.freshet.model.gan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A variational Gaussian mixture of numbers with a Dirichlet process prior: superfluous components lose their weight, so that
 * the number of modes is found. The priors are those of scikit-learn's {@code BayesianGaussianMixture}: weight concentration
 * .001, mean precision 1 around the mean, one degree of freedom around the variance.
 *
 * <p>
 * Source: D. M. Blei, M. I. Jordan, <i>Variational inference for Dirichlet process mixtures</i>, Bayesian Analysis 1 (2006),
 * doi:10.1214/06-BA104.
 */
final class GaussianModes {

    private static final int MAX_COMPONENTS = 10;
    private static final double CONCENTRATION = .001;
    private static final double MIN_WEIGHT = .005;
    private static final int MAX_ITERATIONS = 100;
    private static final double TOLERANCE = 1e-5;
    private static final int MAX_VALUES = 8_192;
    private static final double LOG2 = StrictMath.log(2);

    /** A component of the mixture. */
    record Mode(double mean, double deviation, double weight) {
    }

    private final double[] x;
    private final double[] weights;
    private final double rows;
    private final int components;
    /** The responsibilities by component and value. */
    private final double[][] shares;
    private final double[] masses;
    private final double[] means;
    private final double[] variances;
    private final double[] precisions;
    private final double[] logWeights;
    private final double priorMean;
    private final double priorVariance;

    private GaussianModes(double[] x, double[] weights) {
        this.x = x;
        this.weights = weights;
        this.rows = Arrays.stream(weights).sum();
        this.components = Math.min(MAX_COMPONENTS, x.length);
        this.shares = new double[components][x.length];
        this.masses = new double[components];
        this.means = new double[components];
        this.variances = new double[components];
        this.precisions = new double[components];
        this.logWeights = new double[components];
        double mean = 0;
        for (int i = 0; i < x.length; i++) {
            mean += weights[i] * x[i] / rows;
        }
        double variance = 0;
        for (int i = 0; i < x.length; i++) {
            variance += weights[i] * (x[i] - mean) * (x[i] - mean) / Math.max(1, rows - 1);
        }
        this.priorMean = mean;
        this.priorVariance = Math.max(variance, Double.MIN_NORMAL);
    }

    /**
     * Fits a mixture.
     *
     * @param sorted the numbers, ascending, at least two distinct ones
     * @return the components that describe at least one row in 200, by descending weight
     */
    static List<Mode> of(double[] sorted) {
        double shift = sorted[sorted.length / 2];
        double scale = Math.max(deviation(sorted, shift), Double.MIN_NORMAL);
        List<double[]> groups = grouped(sorted, shift, scale);
        GaussianModes mixture = new GaussianModes(groups.stream().mapToDouble(group -> group[0]).toArray(),
                groups.stream().mapToDouble(group -> group[1]).toArray());
        return mixture.best().stream().map(mode -> new Mode(shift + scale * mode.mean, scale * mode.deviation, mode.weight))
                .toList();
    }

    private static double deviation(double[] numbers, double centre) {
        double squares = 0;
        for (double number : numbers) {
            squares += (number - centre) * (number - centre) / numbers.length;
        }
        return Math.sqrt(squares);
    }

    /** Returns the distinct numbers with their counts, or as many groups of neighbours as are quick to fit. */
    private static List<double[]> grouped(double[] sorted, double shift, double scale) {
        double size = sorted.length / (double) MAX_VALUES;
        List<double[]> groups = new ArrayList<>();
        double sum = 0;
        int count = 0;
        for (int i = 0; i < sorted.length; i++) {
            sum += (sorted[i] - shift) / scale;
            count++;
            boolean last = i == sorted.length - 1 || sorted[i + 1] != sorted[i];
            if (last && count >= size) {
                groups.add(new double[] { sum / count, count });
                sum = 0;
                count = 0;
            }
        }
        if (count > 0) {
            groups.add(new double[] { sum / count, count });
        }
        return groups;
    }

    /** Fits the mixture from several starts. */
    private List<Mode> best() {
        List<Mode> best = List.of();
        double highest = Double.NEGATIVE_INFINITY;
        for (int[] start : new StartingClusters(x, weights, components).all()) {
            fit(start);
            List<Mode> modes = modes();
            double likelihood = logLikelihood(modes);
            if (best.isEmpty() || likelihood > highest) {
                best = modes;
                highest = likelihood;
            }
        }
        return best;
    }

    private void fit(int[] cluster) {
        assign(cluster);
        double[] before = new double[components];
        for (int iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
            maximise();
            expect();
            double change = 0;
            for (int k = 0; k < components; k++) {
                change = Math.max(change, Math.abs(means[k] - before[k]) * Math.min(1, masses[k]));
                before[k] = means[k];
            }
            if (change < TOLERANCE) {
                return;
            }
        }
    }

    /** Orders the clusters by their mass, because the prior takes the first components for the largest ones. */
    private void assign(int[] cluster) {
        double[] counts = new double[components];
        IntStream.range(0, x.length).forEach(i -> counts[cluster[i]] += weights[i]);
        int[] order = IntStream.range(0, components).boxed().sorted(Comparator.comparingDouble(k -> -counts[k]))
                .mapToInt(Integer::intValue).toArray();
        for (int place = 0; place < components; place++) {
            for (int i = 0; i < x.length; i++) {
                shares[place][i] = cluster[i] == order[place] ? 1 : 0;
            }
        }
    }

    /** Computes the posterior of the parameters from the responsibilities. */
    private void maximise() {
        for (int k = 0; k < components; k++) {
            double mass = 1e-15;
            double sum = 0;
            for (int i = 0; i < x.length; i++) {
                mass += weights[i] * shares[k][i];
                sum += weights[i] * shares[k][i] * x[i];
            }
            double mean = sum / mass;
            double squares = 0;
            for (int i = 0; i < x.length; i++) {
                squares += weights[i] * shares[k][i] * (x[i] - mean) * (x[i] - mean);
            }
            masses[k] = mass;
            precisions[k] = 1 + mass;
            means[k] = (priorMean + sum) / precisions[k];
            double spread = priorVariance + squares
                    + mass / precisions[k] * (mean - priorMean) * (mean - priorMean);
            variances[k] = spread / (1 + mass);
        }
        weigh();
    }

    /** Computes the expected logarithms of the weights, which are the lengths of broken-off pieces of a stick. */
    private void weigh() {
        double left = rows;
        double before = 0;
        for (int k = 0; k < components; k++) {
            left -= masses[k];
            double taken = 1 + masses[k];
            double rest = CONCENTRATION + Math.max(0, left);
            double both = digamma(taken + rest);
            logWeights[k] = digamma(taken) - both + before;
            before += digamma(rest) - both;
        }
    }

    /** Computes the responsibilities from the posterior of the parameters. */
    private void expect() {
        double[] constants = new double[components];
        for (int k = 0; k < components; k++) {
            double freedom = 1 + masses[k];
            constants[k] = logWeights[k] - .5 * StrictMath.log(variances[k])
                    + .5 * (LOG2 + digamma(.5 * freedom) - StrictMath.log(freedom) - 1 / precisions[k]);
        }
        double[] logs = new double[components];
        for (int i = 0; i < x.length; i++) {
            double max = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < components; k++) {
                logs[k] = constants[k] - .5 * (x[i] - means[k]) * (x[i] - means[k]) / variances[k];
                max = Math.max(max, logs[k]);
            }
            double sum = 0;
            for (int k = 0; k < components; k++) {
                shares[k][i] = Elementary.exp(logs[k] - max);
                sum += shares[k][i];
            }
            for (int k = 0; k < components; k++) {
                shares[k][i] /= sum;
            }
        }
    }

    private List<Mode> modes() {
        List<Mode> modes = new ArrayList<>();
        double left = rows;
        double stick = 1;
        for (int k = 0; k < components; k++) {
            left -= masses[k];
            double taken = (1 + masses[k]) / (1 + masses[k] + CONCENTRATION + Math.max(0, left));
            modes.add(new Mode(means[k], Math.sqrt(variances[k]), stick * taken));
            stick *= 1 - taken;
        }
        modes.sort(Comparator.comparingDouble(mode -> -mode.weight));
        return modes.stream().filter(mode -> mode == modes.get(0) || mode.weight > MIN_WEIGHT).toList();
    }

    /** Returns the logarithm of the density of all rows, apart from a constant. */
    private double logLikelihood(List<Mode> modes) {
        double whole = modes.stream().mapToDouble(Mode::weight).sum();
        double[] logs = new double[modes.size()];
        double likelihood = 0;
        for (int i = 0; i < x.length; i++) {
            double max = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < logs.length; k++) {
                Mode mode = modes.get(k);
                double distance = (x[i] - mode.mean) / mode.deviation;
                logs[k] = StrictMath.log(mode.weight / whole / mode.deviation) - .5 * distance * distance;
                max = Math.max(max, logs[k]);
            }
            double sum = 0;
            for (double log : logs) {
                sum += Elementary.exp(log - max);
            }
            likelihood += weights[i] * (max + StrictMath.log(sum));
        }
        return likelihood;
    }

    /** Returns the digamma function of a positive number, by recurrence and its asymptotic series. */
    static double digamma(double number) {
        double shift = 0;
        double y = number;
        while (y < 10) {
            shift -= 1 / y;
            y++;
        }
        double s = 1 / (y * y);
        return shift + StrictMath.log(y) - .5 / y
                - s * (1.0 / 12 - s * (1.0 / 120 - s * (1.0 / 252 - s * (1.0 / 240 - s / 132))));
    }
}
