package io.freshet.stats;

/**
 * A sequence of random numbers that starts at a counter of {@link Philox} and continues with SplitMix64. It is cheap when
 * many numbers are needed in a row, and still a pure function of its starting point. Not thread-safe.
 *
 * <p>
 * Source: G. L. Steele, D. Lea, C. H. Flood, <i>Fast splittable pseudorandom number generators</i>, OOPSLA '14,
 * doi:10.1145/2660193.2660195.
 */
public final class Draws {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    /** Restarts at a counter of Philox. Two sequences that differ in any of the arguments are independent. */
    public void restart(long row, int block, int tag, long seed) {
        state = Philox.word(row, block, tag, seed);
    }

    /** Restarts at a given word. Sequences overlap if their words are not chosen at random. */
    public void restart(long word) {
        state = word;
    }

    public static Draws of(long row, int block, int tag, long seed) {
        Draws draws = new Draws();
        draws.restart(row, block, tag, seed);
        return draws;
    }

    public long word() {
        state += GOLDEN;
        return Permutation.mix(state);
    }

    /** Returns a number in (0, 1). */
    public double uniform() {
        return Philox.uniform(word());
    }

    public boolean chance(double probability) {
        return uniform() < probability;
    }

    /** Returns a whole number from 0 to bound − 1. The bias is below bound / 2<sup>32</sup>. */
    public int below(int bound) {
        return (int) ((word() >>> 32) * bound >>> 32);
    }

    /** Returns a whole number from {@code min} to {@code max}, both inclusive. */
    public int between(int min, int max) {
        return min + below(max - min + 1);
    }

    /** Returns the distance between two points of a Poisson process of rate one. */
    public double exponential() {
        return -StrictMath.log(uniform());
    }

    /** Returns a Poisson-distributed number with the given mean. The time taken is proportional to the result. */
    public int poisson(double mean) {
        int points = 0;
        for (double at = exponential(); at < mean; at += exponential()) {
            points++;
        }
        return points;
    }
}
