package io.freshet.stats;

/**
 * A keyed permutation of 0 … size − 1 that is computed, not stored. It is a balanced Feistel network over the next power of
 * four, applied repeatedly until the result is in range. Different indexes give different results.
 */
public final class Permutation {

    private static final int ROUNDS = 6;

    private final long size;
    private final long key;
    private final int halfBits;
    private final long halfMask;

    private Permutation(long size, long key) {
        this.size = size;
        this.key = key;
        int bits = Math.max(2, 64 - Long.numberOfLeadingZeros(size - 1));
        this.halfBits = (bits + 1) / 2;
        this.halfMask = (1L << halfBits) - 1;
    }

    /**
     * Creates a permutation.
     *
     * @param size 1 to 2<sup>62</sup>
     * @throws IllegalArgumentException if size is outside that range
     */
    public static Permutation of(long size, long key) {
        if (size < 1 || size > 1L << 62) {
            throw new IllegalArgumentException("size must be 1 to 2^62, not " + size);
        }
        return new Permutation(size, key);
    }

    /** Returns the position that {@code index}, taken modulo the size, is mapped to. */
    public long apply(long index) {
        long x = Long.remainderUnsigned(index, size);
        do {
            x = encrypt(x);
        } while (x >= size);
        return x;
    }

    private long encrypt(long x) {
        long left = x >>> halfBits;
        long right = x & halfMask;
        for (int round = 0; round < ROUNDS; round++) {
            long next = left ^ (mix(right + key + round * 0x9E3779B97F4A7C15L) & halfMask);
            left = right;
            right = next;
        }
        return (left << halfBits) | right;
    }

    /** Applies the finaliser of SplitMix64 (Steele, Lea, Flood 2014, doi:10.1145/2660193.2660195). */
    public static long mix(long z) {
        long x = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }
}
