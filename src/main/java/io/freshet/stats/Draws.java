package io.freshet.stats;

/**
 * A run of random numbers that begins at a counter of {@link Philox} and goes on with SplitMix64: cheap where many are needed
 * in a row, and still a pure function of where it begins. Not thread-safe.
 *
 * <p>
 * Source: G. L. Steele, D. Lea, C. H. Flood, <i>Fast splittable pseudorandom number generators</i>, OOPSLA '14,
 * doi:10.1145/2660193.2660195.
 */
public final class Draws {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    /** Begins at a counter of Philox: two runs that differ in any of these are independent. */
    public void restart(long row, int block, int tag, long seed) {
        state = Philox.word(row, block, tag, seed);
    }

    /** Begins at any word; runs of words that are not chosen at random may overlap. */
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

    /** In (0, 1). */
    public double uniform() {
        return Philox.uniform(word());
    }

    public boolean chance(double probability) {
        return uniform() < probability;
    }

    /** 0 … bound − 1; the bias is below bound / 2<sup>32</sup>. */
    public int below(int bound) {
        return (int) ((word() >>> 32) * bound >>> 32);
    }

    /** {@code least} … {@code most}. */
    public int between(int least, int most) {
        return least + below(most - least + 1);
    }

    /** The distance between points of a Poisson process of rate one. */
    public double exponential() {
        return -StrictMath.log(uniform());
    }

    /** How many points of a Poisson process there are where {@code mean} are expected; takes time in proportion to them. */
    public int poisson(double mean) {
        int points = 0;
        for (double at = exponential(); at < mean; at += exponential()) {
            points++;
        }
        return points;
    }
}
