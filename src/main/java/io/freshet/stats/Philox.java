package io.freshet.stats;

/**
 * Philox4x32-10, a counter-based random number generator: a pure function of a 128-bit counter and a 64-bit key. The
 * counter is (row low, row high, word block, tag), and the key is the seed. Each call gives two 64-bit words.
 *
 * <p>
 * Source: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, <i>Parallel random numbers: as easy as 1, 2, 3</i>, SC
 * '11, doi:10.1145/2063384.2063405.
 */
public final class Philox {

    private static final long MULTIPLIER_0 = 0xD2511F53L;
    private static final long MULTIPLIER_1 = 0xCD9E8D57L;
    private static final long WEYL_0 = 0x9E3779B9L;
    private static final long WEYL_1 = 0xBB67AE85L;
    private static final long LOW = 0xFFFFFFFFL;
    private static final int ROUNDS = 10;
    /**
     * False in a native image: GraalVM's native compiler does not vectorise, so a block is processed in pairs of rows
     * there.
     */
    private static final boolean VECTORISED = System.getProperty("org.graalvm.nativeimage.imagecode") == null;

    private Philox() {
    }

    /**
     * Computes the two words of one counter.
     *
     * @param words receives the words at 0 and 1
     */
    public static void words(long row, int block, int tag, long seed, long[] words) {
        long c0 = row & LOW;
        long c1 = row >>> 32;
        long c2 = block & LOW;
        long c3 = tag & LOW;
        long k0 = seed & LOW;
        long k1 = seed >>> 32;
        for (int round = 0; round < ROUNDS; round++) {
            long p0 = MULTIPLIER_0 * c0;
            long p1 = MULTIPLIER_1 * c2;
            c0 = (p1 >>> 32) ^ c1 ^ k0;
            c1 = p1 & LOW;
            c2 = (p0 >>> 32) ^ c3 ^ k1;
            c3 = p0 & LOW;
            k0 = (k0 + WEYL_0) & LOW;
            k1 = (k1 + WEYL_1) & LOW;
        }
        words[0] = c0 | (c1 << 32);
        words[1] = c2 | (c3 << 32);
    }

    /** Returns the first word of one counter. */
    public static long word(long row, int block, int tag, long seed) {
        long[] words = new long[2];
        words(row, block, tag, seed, words);
        return words[0];
    }

    /** Converts a word to a number in (0, 1): the middle of one of 2<sup>52</sup> equal cells, so that no word rounds to 1. */
    public static double uniform(long word) {
        return ((word >>> 12) + 0.5) * 0x1p-52;
    }

    /** Allocates memory for {@link #block}: six arrays of the block's capacity. */
    public static long[][] scratch(int capacity) {
        return new long[6][capacity];
    }

    /**
     * Computes the words of {@code n} rows at once. They equal the words that {@link #words} computes.
     *
     * @param rows the row numbers
     * @param first receives word 0 of each row
     * @param second receives word 1 of each row
     * @param scratch made by {@link #scratch}
     */
    public static void block(long[] rows, int block, int tag, long seed, long[] first, long[] second, long[][] scratch,
            int n) {
        if (VECTORISED) {
            together(rows, block, tag, seed, first, second, scratch, n);
        } else {
            inPairs(rows, block, tag, seed, first, second, scratch[0], n);
        }
    }

    /** Computes two rows at a time, because the rounds of a single row depend on each other. */
    static void inPairs(long[] rows, int block, int tag, long seed, long[] first, long[] second, long[] words, int n) {
        long c2 = block & LOW;
        long c3 = tag & LOW;
        int i = 0;
        for (; i + 1 < n; i += 2) {
            long key0 = seed & LOW;
            long key1 = seed >>> 32;
            long a0 = rows[i] & LOW;
            long a1 = rows[i] >>> 32;
            long a2 = c2;
            long a3 = c3;
            long b0 = rows[i + 1] & LOW;
            long b1 = rows[i + 1] >>> 32;
            long b2 = c2;
            long b3 = c3;
            for (int round = 0; round < ROUNDS; round++) {
                long p0 = MULTIPLIER_0 * a0;
                long p1 = MULTIPLIER_1 * a2;
                long q0 = MULTIPLIER_0 * b0;
                long q1 = MULTIPLIER_1 * b2;
                a0 = (p1 >>> 32) ^ a1 ^ key0;
                a1 = p1 & LOW;
                a2 = (p0 >>> 32) ^ a3 ^ key1;
                a3 = p0 & LOW;
                b0 = (q1 >>> 32) ^ b1 ^ key0;
                b1 = q1 & LOW;
                b2 = (q0 >>> 32) ^ b3 ^ key1;
                b3 = q0 & LOW;
                key0 = (key0 + WEYL_0) & LOW;
                key1 = (key1 + WEYL_1) & LOW;
            }
            first[i] = a0 | (a1 << 32);
            second[i] = a2 | (a3 << 32);
            first[i + 1] = b0 | (b1 << 32);
            second[i + 1] = b2 | (b3 << 32);
        }
        if (i < n) {
            words(rows[i], block, tag, seed, words);
            first[i] = words[0];
            second[i] = words[1];
        }
    }

    /**
     * Computes all rows together, as two recurrences of products: P0 ← M0 · (hi P1 ⊕ lo P1′ ⊕ k0) and P1 ← M1 · (hi P0 ⊕ lo
     * P0′ ⊕ k1), where ′ denotes the previous round. Each loop has one store, because that is the form that the C2 compiler
     * vectorises.
     */
    static void together(long[] rows, int block, int tag, long seed, long[] first, long[] second, long[][] scratch,
            int n) {
        long k0 = seed & LOW;
        long k1 = seed >>> 32;
        long constant = MULTIPLIER_1 * (block & LOW);
        long[] previousA = scratch[2];
        long[] currentA = scratch[0];
        long[] freeA = scratch[1];
        long[] previousB = scratch[5];
        long[] currentB = scratch[3];
        long[] freeB = scratch[4];
        lowProducts(rows, freeA, n);
        highProducts(rows, (constant >>> 32) ^ k0, previousA, n);
        carry(freeA, (tag & LOW) ^ k1, MULTIPLIER_1, previousB, n);
        k0 = (k0 + WEYL_0) & LOW;
        k1 = (k1 + WEYL_1) & LOW;
        carry(previousB, (constant & LOW) ^ k0, MULTIPLIER_0, currentA, n);
        round(previousA, freeA, MULTIPLIER_1, k1, currentB, n);
        for (int round = 3; round < ROUNDS; round++) {
            k0 = (k0 + WEYL_0) & LOW;
            k1 = (k1 + WEYL_1) & LOW;
            round(currentB, previousB, MULTIPLIER_0, k0, freeA, n);
            round(currentA, previousA, MULTIPLIER_1, k1, freeB, n);
            long[] swap = previousA;
            previousA = currentA;
            currentA = freeA;
            freeA = swap;
            swap = previousB;
            previousB = currentB;
            currentB = freeB;
            freeB = swap;
        }
        k0 = (k0 + WEYL_0) & LOW;
        k1 = (k1 + WEYL_1) & LOW;
        finish(currentB, previousB, k0, first, n);
        finish(currentA, previousA, k1, second, n);
    }

    private static void lowProducts(long[] rows, long[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = MULTIPLIER_0 * (rows[i] & LOW);
        }
    }

    private static void highProducts(long[] rows, long xor, long[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = MULTIPLIER_0 * ((rows[i] >>> 32) ^ xor);
        }
    }

    private static void carry(long[] products, long xor, long multiplier, long[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = multiplier * ((products[i] >>> 32) ^ xor);
        }
    }

    private static void round(long[] current, long[] previous, long multiplier, long key, long[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = multiplier * ((current[i] >>> 32) ^ (previous[i] & LOW) ^ key);
        }
    }

    private static void finish(long[] current, long[] previous, long key, long[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = ((current[i] >>> 32) ^ (previous[i] & LOW) ^ key) | (current[i] << 32);
        }
    }
}
