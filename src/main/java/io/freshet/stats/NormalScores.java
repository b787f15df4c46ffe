package io.freshet.stats;

import java.util.List;

/**
 * The normal scores of an ordered set of values with masses. Value <i>i</i> holds the interval of a latent standard normal
 * Z whose probability is its mass. Its score is the mean of Z over that interval, s<sub>i</sub> = (φ(l<sub>i</sub>) −
 * φ(r<sub>i</sub>)) / p<sub>i</sub>. As a function of Z, the score has the Hermite coefficients a<sub>k</sub> = E[s(Z)
 * h<sub>k</sub>(Z)], where h<sub>k</sub> are the normalised Hermite polynomials. Two such variables with latent correlation
 * ρ therefore have the score covariance Σ a<sub>k</sub> b<sub>k</sub> ρ<sup>k</sup>.
 */
public final class NormalScores {

    /** The number of Hermite terms. */
    public static final int TERMS = 24;

    private static final double MOST = 1 - 1e-15;
    private static final double CORRELATION_LIMIT = .999999;

    private final double[] scores;
    private final double[] coefficients;

    private NormalScores(double[] scores, double[] coefficients) {
        this.scores = scores;
        this.coefficients = coefficients;
    }

    /**
     * Computes the scores of values from their masses, in order.
     *
     * @param masses positive; they need not sum to one
     */
    public static NormalScores of(double[] masses) {
        double[] scores = new double[masses.length];
        double[] coefficients = new double[TERMS + 1];
        double[] left = new double[TERMS + 1];
        double[] right = new double[TERMS + 1];
        double total = sum(masses);
        double cumulated = 0;
        for (int i = 0; i < masses.length; i++) {
            cumulated += masses[i];
            double upper = i == masses.length - 1 ? Double.POSITIVE_INFINITY
                    : Normal.inverse(Math.min(MOST, cumulated / total));
            hermiteDensity(upper, right);
            scores[i] = (left[0] - right[0]) / (masses[i] / total);
            for (int k = 1; k <= TERMS; k++) {
                coefficients[k] += scores[i] * (left[k - 1] - right[k - 1]) / Math.sqrt(k);
            }
            double[] swap = left;
            left = right;
            right = swap;
        }
        return new NormalScores(scores, coefficients);
    }

    /**
     * Returns the scores of a variable that takes one of several sets of scores, independently of the latent number. Its
     * coefficients are the mean of theirs, and it has no scores of its own.
     *
     * @param shares how often each set is taken; they sum to one
     * @param parts the sets of scores
     */
    public static NormalScores mean(double[] shares, List<NormalScores> parts) {
        double[] coefficients = new double[TERMS + 1];
        for (int part = 0; part < shares.length; part++) {
            for (int k = 1; k <= TERMS; k++) {
                coefficients[k] += shares[part] * parts.get(part).coefficients[k];
            }
        }
        return new NormalScores(new double[0], coefficients);
    }

    /**
     * Returns the Hermite coefficients of these scores as a function of another latent number, for which the values have
     * another order and other masses.
     *
     * @param order the values in that order, each at most once
     * @param masses the masses of the values, in that order; they sum to one
     * @return a<sub>0</sub>, which is the mean, to a<sub>24</sub>
     */
    public double[] coefficientsUnder(int[] order, double[] masses) {
        double[] under = new double[TERMS + 1];
        double[] left = new double[TERMS + 1];
        double[] right = new double[TERMS + 1];
        double cumulated = 0;
        for (int i = 0; i < order.length; i++) {
            cumulated += masses[i];
            double upper = i == order.length - 1 ? Double.POSITIVE_INFINITY : Normal.inverse(Math.min(MOST, cumulated));
            if (cumulated <= 0) {
                continue;
            }
            hermiteDensity(upper, right);
            under[0] += scores[order[i]] * masses[i];
            for (int k = 1; k <= TERMS; k++) {
                under[k] += scores[order[i]] * (left[k - 1] - right[k - 1]) / Math.sqrt(k);
            }
            double[] swap = left;
            left = right;
            right = swap;
        }
        return under;
    }

    /**
     * Returns the covariance of two functions of correlated latent numbers.
     *
     * @param a the Hermite coefficients of one function
     * @param b the Hermite coefficients of the other function
     * @param correlation the correlation of the latent numbers
     */
    public static double covariance(double[] a, double[] b, double correlation) {
        double sum = 0;
        double power = 1;
        for (int k = 1; k <= TERMS; k++) {
            power *= correlation;
            sum += a[k] * b[k] * power;
        }
        return sum;
    }

    /** Computes h<sub>0</sub>(z) φ(z) … h<sub>24</sub>(z) φ(z). */
    private static void hermiteDensity(double z, double[] out) {
        if (Double.isInfinite(z)) {
            java.util.Arrays.fill(out, 0);
            return;
        }
        out[0] = Normal.density(z);
        out[1] = z * out[0];
        for (int k = 1; k < TERMS; k++) {
            out[k + 1] = (z * out[k] - Math.sqrt(k) * out[k - 1]) / Math.sqrt(k + 1);
        }
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    public double score(int value) {
        return scores[value];
    }

    /** Returns a copy of the Hermite coefficients, a<sub>0</sub> to a<sub>24</sub>. */
    public double[] coefficients() {
        return coefficients.clone();
    }

    /** Returns the variance of the score, which is a<sub>1</sub>. */
    public double variance() {
        return coefficients[1];
    }

    /**
     * Returns the latent correlation under which the scores correlate as observed.
     *
     * @param scoreCorrelation Pearson's correlation of the two score columns
     * @return a correlation within ±0.999999
     */
    public double latentCorrelation(NormalScores other, double scoreCorrelation) {
        double target = scoreCorrelation * Math.sqrt(variance() * other.variance());
        double low = -CORRELATION_LIMIT;
        double high = CORRELATION_LIMIT;
        if (target <= covariance(other, low)) {
            return low;
        }
        if (target >= covariance(other, high)) {
            return high;
        }
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            if (covariance(other, middle) < target) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    private double covariance(NormalScores other, double correlation) {
        return covariance(coefficients, other.coefficients, correlation);
    }
}
