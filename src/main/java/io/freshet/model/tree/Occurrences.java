package io.freshet.model.tree;

/** Counts the occurrences of each key in an open-addressing table. */
final class Occurrences {

    private final long[] keys;
    private final int[] counts;
    private final int mask;

    /** @param max the largest number of different keys */
    Occurrences(int max) {
        int capacity = Integer.highestOneBit(Math.max(8, max)) * 4;
        keys = new long[capacity];
        counts = new int[capacity];
        mask = capacity - 1;
    }

    /** Counts an occurrence of a key and returns the number of earlier ones. */
    int next(long key) {
        int slot = (int) key & mask;
        while (counts[slot] > 0 && keys[slot] != key) {
            slot = slot + 1 & mask;
        }
        keys[slot] = key;
        return counts[slot]++;
    }
}
