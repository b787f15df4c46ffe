package io.freshet.table;

/**
 * Chooses which rows are kept, uniformly, always with the same random numbers. Row <i>n</i> beyond a full sample replaces a
 * random sampled row with probability sample size / n (J. S. Vitter, <i>Random sampling with a reservoir</i>, 1985,
 * algorithm R, doi:10.1145/3147.3165); a uniform half of a uniform sample is one again.
 */
final class Reservoir {

    private static final long SEED = 0x5DEECE66DL;

    private long state = SEED;
    private long rows;
    private int size;
    private boolean full;

    /** Where the next row goes, or -1 if it is not kept; a row that was there before is to be forgotten. */
    int next() {
        rows++;
        if (!full) {
            return size++;
        }
        long chosen = below(rows);
        return chosen < size ? (int) chosen : -1;
    }

    /** From now on rows are only exchanged. */
    void close() {
        full = true;
    }

    /** Gives up a random half, and growing; the slots that stay, in ascending order. */
    int[] halve() {
        full = true;
        int[] kept = new int[(size + 1) / 2];
        int wanted = 0;
        // selection sampling: Knuth, The Art of Computer Programming 2, 3.4.2, algorithm S
        for (int slot = 0; wanted < kept.length; slot++) {
            if (below(size - slot) < kept.length - wanted) {
                kept[wanted++] = slot;
            }
        }
        size = kept.length;
        return kept;
    }

    /** SplitMix64 (G. L. Steele, D. Lea, C. H. Flood, 2014, doi:10.1145/2714064.2660195), reduced to 0 … bound − 1. */
    private long below(long bound) {
        state += 0x9E3779B97F4A7C15L;
        long mixed = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return Long.remainderUnsigned(mixed ^ mixed >>> 31, bound);
    }

    long rows() {
        return rows;
    }

    /** How many rows are kept. */
    int size() {
        return size;
    }

    boolean isFull() {
        return full;
    }
}
