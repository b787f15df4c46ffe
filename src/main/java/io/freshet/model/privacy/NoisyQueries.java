package io.freshet.model.privacy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers queries about a table with noise, and records what that costs. One row more or less changes each set of counts by 1
 * in one place. Not thread-safe.
 */
final class NoisyQueries {

    private final ExactSampler sampler;
    private final List<PrivacySpend> spent = new ArrayList<>();

    NoisyQueries(ExactSampler sampler) {
        this.sampler = sampler;
    }

    /** Returns counts with discrete Gaussian noise, which is rho-zCDP. The caller {@link #recordCounts records} it. */
    NoisyCounts counts(long[] counts, double rho) {
        Rational variance = variance(rho);
        double[] noisy = new double[counts.length];
        for (int i = 0; i < counts.length; i++) {
            noisy[i] = counts[i] + sampler.gaussian(variance);
        }
        return NoisyCounts.of(noisy, variance.value());
    }

    private static Rational variance(double rho) {
        return Rational.atLeast(1 / (2 * rho));
    }

    static double deviation(double rho) {
        return StrictMath.sqrt(variance(rho).value());
    }

    /** @param rho of each query */
    void recordCounts(String purpose, int queries, double rho) {
        recordCounts(purpose, queries, rho, 0);
    }

    /** @param delta the probability that a name of one row is kept */
    void recordCounts(String purpose, int queries, double rho, double delta) {
        if (queries > 0) {
            spent.add(new PrivacySpend("discrete_gaussian", purpose, queries, deviation(rho), queries * rho, 0, delta));
        }
    }

    /** Returns a number of rows with discrete Laplace noise, which is epsilon-DP. */
    long rows(long rows, double epsilon) {
        Rational inverse = Rational.atMost(epsilon);
        BigInteger noise = sampler.laplace(new Rational(inverse.denominator(), inverse.numerator()));
        spent.add(new PrivacySpend("discrete_laplace", "number of rows, for delta", 1, 1 / epsilon, 0, epsilon, 0));
        return Math.max(0, rows + noise.longValueExact());
    }

    /**
     * Returns the index of a high score by the exponential mechanism, which is epsilon²/8-zCDP.
     *
     * @param scores each changes by at most 1 with a row
     */
    int choose(long[] scores, double epsilon) {
        return sampler.exponential(scores, Rational.atMost(epsilon));
    }

    /** @param epsilon of each choice */
    void recordChoices(String purpose, int choices, double epsilon) {
        if (choices > 0) {
            spent.add(new PrivacySpend("exponential", purpose, choices, epsilon, choices * epsilon * epsilon / 8, 0, 0));
        }
    }

    List<PrivacySpend> spent() {
        return spent;
    }
}
