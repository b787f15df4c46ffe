package io.freshet.model.privacy;

import java.math.BigInteger;

/**
 * Draws from discrete distributions without floating point, so that no rounding error discloses what the noise hides (I.
 * Mironov, <i>On significance of the least significant bits for differential privacy</i>, CCS 2012). All parameters are
 * rational. Algorithms 1 to 3 of C. Canonne, G. Kamath, T. Steinke, <i>The discrete Gaussian for differential privacy</i>,
 * NeurIPS 2020, arXiv:2004.00010.
 */
public final class ExactSampler {

    private static final int WORD = 64;

    private final NoiseSource source;

    public ExactSampler(NoiseSource source) {
        this.source = source;
    }

    /** Returns a uniform number from 0 to {@code bound} − 1. */
    BigInteger below(BigInteger bound) {
        int bits = bound.subtract(BigInteger.ONE).bitLength();
        while (true) {
            BigInteger number = BigInteger.ZERO;
            for (int left = bits; left > 0; left -= WORD) {
                long word = source.next();
                long part = left >= WORD ? word : word >>> WORD - left;
                number = number.shiftLeft(Math.min(left, WORD)).add(unsigned(part));
            }
            if (number.compareTo(bound) < 0) {
                return number;
            }
        }
    }

    private static BigInteger unsigned(long word) {
        return word >= 0 ? BigInteger.valueOf(word)
                : BigInteger.valueOf(word >>> 1).shiftLeft(1).add(BigInteger.valueOf(word & 1));
    }

    /** Returns a uniform number from 0 to {@code bound} − 1. */
    int below(int bound) {
        return below(BigInteger.valueOf(bound)).intValueExact();
    }

    private boolean bernoulli(BigInteger numerator, BigInteger denominator) {
        return below(denominator).compareTo(numerator) < 0;
    }

    /** Returns true with the probability exp(−{@code numerator} / {@code denominator}). */
    boolean bernoulliExp(BigInteger numerator, BigInteger denominator) {
        BigInteger left = numerator;
        while (left.compareTo(denominator) > 0) {
            if (!bernoulliExpOfFraction(denominator, denominator)) {
                return false;
            }
            left = left.subtract(denominator);
        }
        return bernoulliExpOfFraction(left, denominator);
    }

    /** For an exponent of at most 1: the number of successes before the first failure is even. */
    private boolean bernoulliExpOfFraction(BigInteger numerator, BigInteger denominator) {
        long k = 1;
        while (bernoulli(numerator, denominator.multiply(BigInteger.valueOf(k)))) {
            k++;
        }
        return (k & 1) == 1;
    }

    /** Returns discrete Laplace noise: an integer x has a probability in proportion to exp(−|x| / scale). */
    BigInteger laplace(Rational scale) {
        while (true) {
            BigInteger part = below(scale.numerator());
            if (!bernoulliExp(part, scale.numerator())) {
                continue;
            }
            BigInteger whole = BigInteger.ZERO;
            while (bernoulliExp(BigInteger.ONE, BigInteger.ONE)) {
                whole = whole.add(BigInteger.ONE);
            }
            BigInteger size = part.add(scale.numerator().multiply(whole)).divide(scale.denominator());
            boolean negative = source.next() < 0;
            if (!(negative && size.signum() == 0)) {
                return negative ? size.negate() : size;
            }
        }
    }

    /** Returns discrete Gaussian noise: an integer x has a probability in proportion to exp(−x² / (2 variance)). */
    public long gaussian(Rational variance) {
        BigInteger a = variance.numerator();
        BigInteger b = variance.denominator();
        BigInteger t = a.divide(b).sqrt().add(BigInteger.ONE);
        BigInteger divisor = a.multiply(b).multiply(t).multiply(t).shiftLeft(1);
        Rational scale = new Rational(t, BigInteger.ONE);
        while (true) {
            BigInteger candidate = laplace(scale);
            BigInteger off = candidate.abs().multiply(b).multiply(t).subtract(a);
            if (bernoulliExp(off.multiply(off), divisor)) {
                return candidate.longValueExact();
            }
        }
    }

    /**
     * Returns an index by the exponential mechanism for scores of sensitivity 1: with a probability in proportion to
     * exp(epsilon
     * · score / 2). It satisfies epsilon²/8-zCDP.
     *
     * @param scores at least one
     */
    public int exponential(long[] scores, Rational epsilon) {
        long best = Long.MIN_VALUE;
        for (long score : scores) {
            best = Math.max(best, score);
        }
        BigInteger divisor = epsilon.denominator().shiftLeft(1);
        while (true) {
            int index = below(scores.length);
            BigInteger behind = BigInteger.valueOf(best - scores[index]);
            if (bernoulliExp(behind.multiply(epsilon.numerator()), divisor)) {
                return index;
            }
        }
    }
}
